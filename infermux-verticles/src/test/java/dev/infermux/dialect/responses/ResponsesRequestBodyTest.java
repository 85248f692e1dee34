package dev.infermux.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.infermux.dialect.chat.Seals;
import dev.infermux.inference.Binding;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResponsesRequestBodyTest {

  private static final String IMAGE = "\"data:image/png;base64,AAAA\"";
  private static final String ITEMS =
      """
      {"model":"m","stream":true,"max_output_tokens":50,"instructions":"Be kind","input":[
      {"role":"user","content":[{"type":"input_text","text":"Hé!"},
      {"type":"input_image","image_url":"data:image/png;base64,AAAA"}]},
      {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],
      "encrypted_content":"SEALED"},
      {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
      {"type":"function_call_output","call_id":"c1","output":"ok"}]}\
      """;

  private static ResponsesRequestBody scan(String json) {
    return ResponsesRequestBody.scan(json.getBytes(UTF_8));
  }

  @Test
  void one_scan_finds_what_routing_and_budgets_need() {
    ResponsesRequestBody body = scan(ITEMS);

    assertThat(body.facts().model()).isEqualTo("m");
    assertThat(body.facts().stream()).isTrue();
    assertThat(body.facts().showsUsage()).isTrue();
    assertThat(body.facts().maxTokens()).isEqualTo(50);
    assertThat(body.facts().attachments()).isEqualTo(1);
    assertThat(body.facts().attachmentBytes()).isEqualTo(IMAGE.length());
    assertThat(body.facts().textLength()).isEqualTo("Be kindHé!hm{}ok".length());
    assertThat(scan("{\"input\":\"four\",\"model\":\"m\"}").facts().textLength()).isEqualTo(4);
  }

  @Test
  void edits_change_their_field_alone() {
    RequestBody plain = scan("{ \"input\" : \"x\", \"model\":\"m\" }");

    assertThat(plain.bytesFor("m")).isSameAs(plain.bytes());
    assertThat(text(plain.withModel("n\"").bytes()))
        .isEqualTo("{ \"input\" : \"x\", \"model\":\"n\\\"\" }");
    assertThat(text(plain.withMaxTokens(7).bytesFor("other")))
        .isEqualTo("{\"max_output_tokens\":7, \"input\" : \"x\", \"model\":\"other\" }");
    assertThat(plain.withMaxTokens(7).withMaxTokens(5).facts().maxTokens()).isEqualTo(5);
    assertThat(text(scan(ITEMS).withMaxTokens(20).bytes()))
        .isEqualTo(ITEMS.replace(":50,", ":20,"));
  }

  @Test
  void what_binds_to_a_provider_is_found() {
    String asked =
        """
        {"model":"m","previous_response_id":"resp_1","conversation":{"id":"conv_1"},
        "tools":[{"type":"code_interpreter","container":"cntr_1"}],
        "input":[{"type":"item_reference","id":"msg_1"},
        {"role":"user","content":[{"type":"input_file","file_id":"file_1"}]},
        {"type":"reasoning","summary":[],"encrypted_content":"SEALED"}]}\
        """;

    assertThat(scan(asked).bindings())
        .containsExactly(
            new Binding("resp_1", true),
            new Binding("conv_1", true),
            new Binding("cntr_1", true),
            new Binding("msg_1", true),
            new Binding("file_1", true),
            new Binding("SEALED", false));
    assertThat(scan("{\"model\":\"m\",\"input\":\"x\"}").bindings()).isEmpty();
  }

  @Test
  void encrypted_thoughts_are_left_out_for_another_provider() {
    RequestBody.Unbound unbound = scan(ITEMS).withModel("n").unbound();

    JsonObject left = new JsonObject(Buffer.buffer(unbound.body().bytes()));
    assertThat(unbound.dropped()).containsExactly("reasoning.encrypted_content");
    assertThat(left.getString("model")).isEqualTo("n");
    assertThat(left.getJsonArray("input")).hasSize(3);
    assertThat(left.toString()).doesNotContain("SEALED");
    assertThat(unbound.body().bindings()).isEmpty();
    assertThat(text(unbound.body().withMaxTokens(3).bytesFor("x")))
        .contains("\"max_output_tokens\":3")
        .contains("\"model\":\"x\"");
    RequestBody plain = scan("{\"model\":\"m\",\"input\":\"x\"}");
    assertThat(plain.unbound().body()).isSameAs(plain);
  }

  @Test
  void thoughts_that_another_api_has_sealed_never_reach_one_of_this_dialect() {
    String foreign = Seals.mark("messages", JsonText.of("SIGNED")).decoded();
    RequestBody body = scan(ITEMS.replace("SEALED", foreign));

    assertThat(text(body.bytesFor("m"))).doesNotContain("SIGNED").contains("function_call_output");
    assertThat(text(body.bytes())).contains(foreign);
    assertThat(text(scan(ITEMS).bytesFor("m"))).isEqualTo(ITEMS);
  }

  @Test
  void a_prompt_is_shown_part_by_part() {
    List<String> seen = new ArrayList<>();
    scan(ITEMS.replace("\"stream\"", "\"tools\":[{}],\"stream\"")).visitPrompt(visitor(seen, 99));
    List<String> cut = new ArrayList<>();
    scan("{\"model\":\"m\",\"input\":\"abcé\\nfg\"}").visitPrompt(visitor(cut, 4));

    assertThat(seen)
        .containsExactly(
            "chat", "[{}]", "message", "Be kind", "message", "Hé!", "message", "hm", "message",
            "name", "f", "{}", "message", "ok");
    assertThat(cut).containsExactly("chat", "message", "abcé", "left 4");
  }

  private static PromptVisitor visitor(List<String> seen, int room) {
    return new PromptVisitor() {
      @Override
      public int room() {
        return room;
      }

      @Override
      public void chat() {
        seen.add("chat");
      }

      @Override
      public void message() {
        seen.add("message");
      }

      @Override
      public void name() {
        seen.add("name");
      }

      @Override
      public void token() {
        seen.add("token");
      }

      @Override
      public void text(String text, int read, int left) {
        seen.add(text);
        if (left > 0) {
          seen.add("left " + left);
        }
      }
    };
  }

  static List<Arguments> faults() {
    return List.of(
        fault("", null),
        fault("[]", null),
        fault("{", null),
        fault("{\"input\":\"x\"}", "model"),
        fault("{\"model\":\"\",\"input\":\"x\"}", "model"),
        fault("{\"model\":7,\"input\":\"x\"}", "model"),
        fault("{\"model\":\"m\",\"model\":\"n\",\"input\":\"x\"}", "model"),
        fault("{\"model\":\"m\",\"Model\":\"n\",\"input\":\"x\"}", "Model"),
        fault("{\"model\":\"m\"}", "input"),
        fault("{\"model\":\"m\",\"input\":null}", "input"),
        fault("{\"model\":\"m\",\"input\":7}", "input"),
        fault("{\"model\":\"m\",\"input\":[]}", "input"),
        fault("{\"model\":\"m\",\"input\":[\"x\"]}", "input[0]"),
        fault("{\"model\":\"m\",\"input\":[{\"type\":7}]}", "input[0].type"),
        fault("{\"model\":\"m\",\"input\":[{\"content\":7}]}", "input[0].content"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"stream\":\"true\"}", "stream"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":\"9\"}", "max_output_tokens"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":0}", "max_output_tokens"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"instructions\":[]}", "instructions"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"tools\":{}}", "tools"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"tools\":[7]}", "tools[0]"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"text\":\"json\"}", "text"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"reasoning\":\"high\"}", "reasoning"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"temperature\":\"hot\"}", "temperature"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"store\":1}", "store"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"include\":\"all\"}", "include"),
        fault("{\"model\":\"m\",\"input\":\"x\",\"conversation\":7}", "conversation"),
        fault(
            "{\"model\":\"m\",\"input\":\"x\",\"previous_response_id\":7}",
            "previous_response_id"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_fault_is_named(String json, @Nullable String param) {
    InferenceException refused = catchThrowableOfType(InferenceException.class, () -> scan(json));

    assertThat(refused.failure()).isInstanceOf(InvalidRequest.class);
    assertThat(refused.failure().param()).isEqualTo(param);
    assertThat(refused.failure().message()).contains("expected");
  }

  @Test
  void unknown_fields_and_kinds_are_no_faults() {
    scan("{\"model\":\"m\",\"input\":[{\"type\":\"future\",\"x\":[[{}]]}],\"future\":{\"a\":1}}");
    scan("{\"model\":\"m\",\"stream\":null,\"tools\":null,\"text\":null,\"input\":\"x\"}");
    scan("{\"model\":\"m\",\"prompt\":{\"id\":\"pmpt_1\"}}");
    scan("{\"model\":\"m\",\"previous_response_id\":\"resp_1\"}");
  }

  private static Arguments fault(String json, @Nullable String param) {
    return Arguments.of(json, param);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
