package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.dialect.openai.OpenAiResponses;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Secret;
import dev.infermux.json.JsonSlice;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.VirtualTime;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors of providers, shape by shape and word by word; their sources stand beside them. */
class ErrorBodiesTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ProviderFailures FAILURES = new ProviderFailures("up");
  private static final OpenAiResponses RESPONSES =
      new OpenAiResponses(
          FAILURES,
          new UpstreamErrorClassifier(FAILURES, Secret.of("gateway-key-1")),
          new VirtualTime().time());

  static List<Named<JsonNode>> bodies() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ErrorBodiesTest.class.getResourceAsStream("/errors/bodies.jsonl")),
                UTF_8))) {
      return lines
          .lines()
          .map(ErrorBodiesTest::row)
          .map(row -> Named.of(row.path("name").asText(), row))
          .toList();
    }
  }

  private static JsonNode row(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void each_body_has_its_class_code_and_words(JsonNode row) {
    Failure failure = failure(row);

    FailureClass kind = FailureClass.valueOf(row.path("class").asText());
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
    if (row.has("code")) {
      assertThat(failure.code()).isEqualTo(row.path("code").asText());
    }
    if (row.has("words")) {
      assertThat(failure.message()).contains(row.path("words").asText());
    }
    assertThat(failure.message()).doesNotContain("secret").doesNotContain("<html");
  }

  private static Failure failure(JsonNode row) {
    JsonNode spelt = row.path("body");
    Buffer body = Buffer.buffer(spelt.isTextual() ? spelt.textValue() : spelt.toString());
    int status = row.path("status").asInt();
    if (status == 200) {
      return InferenceException.failureOf(
          catchThrowableOfType(
              InferenceException.class, () -> RESPONSES.whole(TestCall.chat().attempt(), body)));
    }
    return refused(status, body, row.path("type").asText());
  }

  private static Failure refused(int status, Buffer body, String type) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("content-type", type);
    return RESPONSES.refused(new ErrorResponse(TestCall.chat().attempt(), status, headers, body));
  }

  @Test
  void what_stands_before_a_cut_is_read() {
    String body =
        "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"messages\",0],\"msg\":\"Field"
            + " required\",\"input\":\""
            + "A".repeat(200_000)
            + "\"}]}";

    Failure failure = refused(422, Buffer.buffer(body), "application/json");

    assertThat(failure.message()).isEqualTo("Field required");
    assertThat(failure.param()).isEqualTo("messages.0");
  }

  @Test
  void words_that_are_cut_off_themselves_are_read() {
    String body = "{\"error\":{\"message\":\"prompt is too long: " + "A".repeat(200_000) + "\"}}";

    Failure failure = refused(400, Buffer.buffer(body), "application/json");

    assertThat(failure.kind()).isEqualTo(FailureClass.CONTEXT_LENGTH);
    assertThat(failure.message()).startsWith("prompt is too long").hasSize(1_001);
  }

  @Test
  void another_charset_is_read() {
    byte[] latin = "{\"error\":{\"message\":\"Modèle trop occupé\"}}".getBytes(ISO_8859_1);

    assertThat(refused(503, Buffer.buffer(latin), "application/json").message())
        .endsWith("Modèle trop occupé");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "\"\"",
        "\" \"",
        "false",
        "null",
        "0",
        "[]",
        "[{}]",
        "{\"message\":\"\",\"type\":\"\",\"param\":\"\",\"code\":null}",
        "{\"code\":0,\"message\":\"\",\"details\":[]}"
      })
  void an_empty_error_is_none(String value) {
    assertThat(ErrorBody.told(JsonSlice.of(value).cursor())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"true", "\"no\"", "500", "{\"code\":1}", "[\"no\"]", "{\"a\":{\"b\":\"c\"}}"})
  void an_error_that_says_something_is_one(String value) {
    assertThat(ErrorBody.told(JsonSlice.of(value).cursor())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"ping\"}",
        "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\"}}",
        "{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}",
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"parts\":[{\"index\":0}]}",
        "{\"base_resp\":{\"status_code\":0,\"status_msg\":\"success\"}}",
        "{\"status\":\"completed\",\"error\":null}",
        "42",
        "\"text\"",
        "[]",
        "{}"
      })
  void what_is_no_error_is_not_found_to_be_one(String json) {
    byte[] bytes = json.getBytes(UTF_8);

    assertThat(ErrorBody.find(bytes, 0, bytes.length)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"parts\":[{\"index\":0,\"error\":{\"message\":\"no\",\"code\":502}}]}",
        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"message\":\"no\"}}}",
        "{\"object\":\"error\",\"message\":\"no\"}",
        "{\"type\":\"error\",\"message\":\"no\"}",
        "{\"detail\":\"no\"}",
        "{\"code\":400,\"message\":\"no\"}",
        "[{\"error\":\"no\"}]"
      })
  void an_error_is_found_wherever_it_stands(String json) {
    byte[] bytes = json.getBytes(UTF_8);

    ProviderError error = ErrorBody.find(bytes, 0, bytes.length);

    assertThat(error).isNotNull().extracting(ProviderError::message).isEqualTo("no");
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_body_cut_anywhere_is_read_without_a_fault(JsonNode row) {
    JsonNode spelt = row.path("body");
    byte[] body = (spelt.isTextual() ? spelt.textValue() : spelt.toString()).getBytes(UTF_8);

    for (int length = 0; length < body.length; length++) {
      assertThat(ErrorBody.read(body, 0, length).message()).doesNotContain("<html");
    }
  }
}
