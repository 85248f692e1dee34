package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.dialect.responses.ResponsesRequestBody;
import dev.infermux.inference.Operation;
import dev.infermux.inference.RequestBody;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBuffersTest {

  private static final String TEXT = "é".repeat(300_000);

  private static List<RequestBody> bodies(String text) {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    return List.of(
        OpenAiRequestBody.scan(
            Operation.CHAT, bytes("{\"stream\":true,\"model\":\"mine\"," + messages)),
        AnthropicRequestBody.scan(
            Operation.CHAT, bytes("{\"max_tokens\":5, \"model\" : \"mine\"," + messages)),
        ResponsesRequestBody.scan(bytes("{\"input\":\"" + text + "\",\"model\":\"mine\"}")));
  }

  private static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  @Test
  void what_is_sent_is_the_same_in_parts_and_in_one_piece() {
    for (String text : List.of("short", TEXT)) {
      for (RequestBody body : bodies(text)) {
        for (String model : List.of("mine", "another-é", "m")) {
          assertThat(RequestBuffers.of(body, model).getBytes())
              .as(body.dialect().id() + " " + model)
              .isEqualTo(body.bytesFor(model));
        }
      }
    }
  }

  @Test
  void a_large_request_is_not_copied_and_can_be_sent_twice() {
    for (RequestBody body : bodies(TEXT)) {
      var sent = ((BufferInternal) RequestBuffers.of(body, "another")).getByteBuf();
      body.bytes()[body.bytes().length / 2] = 'x';

      assertThat(sent.toString(UTF_8)).contains("x");
      sent.release();
      assertThat(sent.refCnt()).isPositive();
    }
  }
}
