package dev.infermux.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonOutputTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void commas_stand_between_values_and_nowhere_else() {
    JsonOutput json =
        new JsonOutput()
            .object()
            .field("a", 1)
            .name("b")
            .array()
            .bool(true)
            .nothing()
            .object()
            .endObject()
            .array()
            .endArray()
            .endArray()
            .field("c", "d")
            .name("e")
            .object()
            .field("f", false)
            .endObject()
            .endObject();

    assertThat(json.toString())
        .isEqualTo("{\"a\":1,\"b\":[true,null,{},[]],\"c\":\"d\",\"e\":{\"f\":false}}");
  }

  @Test
  void values_of_another_document_keep_their_spelling() {
    JsonSlice value = JsonSlice.of("{ \"n\" : 1.0e2, \"t\": \"\\u00e4\" }");

    assertThat(new JsonOutput().object().field("v", value).endObject().toString())
        .isEqualTo("{\"v\":{ \"n\" : 1.0e2, \"t\": \"\\u00e4\" }}");
  }

  @Test
  void no_field_is_written_without_a_value() {
    JsonSlice none = null;

    assertThat(new JsonOutput().object().field("v", none).endObject().toString()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "\"quotes\" and \\", "line\nend\ttab", "ä€😀", "\u0001", "\ud83d"})
  void strings_read_as_they_were_written(String text) throws Exception {
    JsonNode read = MAPPER.readTree(new JsonOutput().string(text).toBytes());

    assertThat(read.textValue()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"a\":\"b\\\"c\"}", "{\n\t\"ä\": [1, \"\\\\\"]\n}"})
  void json_inside_a_string_reads_as_that_json(String inner) throws Exception {
    String outer = new JsonOutput().stringOf(JsonSlice.of(inner)).toString();

    assertThat(MAPPER.readTree(outer).textValue()).isEqualTo(inner);
  }

  @Test
  void a_string_is_put_together_of_pieces() {
    JsonText spelt = new JsonCursor("\"b\\n\"".getBytes(UTF_8)).text();

    assertThat(new JsonOutput().openString().piece("a ").piece(spelt).closeString().toString())
        .isEqualTo("\"a b\\n\"");
  }

  @Test
  void it_grows_as_far_as_it_must() {
    String large = "x".repeat(100_000);

    assertThat(new JsonOutput(1).array().string(large).string(large).endArray().size())
        .isEqualTo(2 * 100_002 + 3);
  }
}
