package dev.infermux.provider.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.Framing;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.anthropic.AnthropicDialect;
import dev.infermux.dialect.anthropic.AnthropicRequestBody;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Messages to a chat's API, whose names of tools are shorter. */
class ToolNamesTest {

  private static final String LONG =
      "mcp__plugin_of_a_long_name__" + "and_a_tool_of_a_longer_one".repeat(2);
  private static final String TWIN = LONG + "2";
  private static final String DOTTED = "files.read";

  private static final ChatTranslator TRANSLATOR =
      new ChatTranslator(
          new ChatSide(
              AnthropicDialect.INSTANCE,
              Operation.CHAT,
              Framing.NAMED_SSE,
              new AnthropicChat(any -> 0)),
          new ChatSide(OpenAiChat.DIALECT, Operation.CHAT, Framing.SSE, new OpenAiChat()));

  private static Attempt attempt() {
    String asked =
        """
        {"model":"m","max_tokens":9,"tool_choice":{"type":"tool","name":"%2$s"},
         "tools":[{"name":"%1$s"},{"name":"%2$s"},{"name":"%3$s"},{"name":"read_deadbeef"}],
         "messages":[{"role":"user","content":"x"},
          {"role":"assistant","content":[{"type":"tool_use","id":"c","name":"%1$s","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"c"}]}]}\
        """
            .formatted(LONG, TWIN, DOTTED);
    return TestCall.of(
            Operation.CHAT, AnthropicRequestBody.scan(Operation.CHAT, asked.getBytes(UTF_8)))
        .attempt();
  }

  private static JsonObject chat() {
    return Buffer.buffer(TRANSLATOR.request(attempt(), new Losses()).body().bytes()).toJsonObject();
  }

  private static String tool(JsonObject chat, int index) {
    return chat.getJsonArray("tools")
        .getJsonObject(index)
        .getJsonObject("function")
        .getString("name");
  }

  @Test
  void a_name_that_does_not_fit_is_short_wherever_it_stands() {
    JsonObject chat = chat();

    assertThat(tool(chat, 0)).hasSize(64).startsWith("mcp__plugin").isNotEqualTo(tool(chat, 1));
    assertThat(tool(chat, 1)).hasSize(64);
    assertThat(tool(chat, 2)).matches("files_read_[0-9a-f]{8}");
    assertThat(tool(chat, 3)).isEqualTo("read_deadbeef");
    assertThat(chat.getJsonObject("tool_choice").getJsonObject("function").getString("name"))
        .isEqualTo(tool(chat, 1));
    assertThat(
            chat.getJsonArray("messages")
                .getJsonObject(1)
                .getJsonArray("tool_calls")
                .getJsonObject(0)
                .getJsonObject("function")
                .getString("name"))
        .isEqualTo(tool(chat, 0));
  }

  @Test
  void calls_come_back_under_the_callers_names() {
    JsonObject chat = chat();
    String answer =
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[%s,%s,%s]},"
            + "\"finish_reason\":\"tool_calls\"}]}";
    String call = "{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%1$s\"}}";

    JsonObject message =
        TRANSLATOR
            .answer(
                Buffer.buffer(
                    answer.formatted(
                        call.formatted(tool(chat, 1)),
                        call.formatted("read_deadbeef"),
                        call.formatted("unknown_deadbeef"))),
                attempt())
            .toJsonObject();

    assertThat(message.getJsonArray("content"))
        .extracting(block -> ((JsonObject) block).getString("name"))
        .containsExactly(TWIN, "read_deadbeef", "unknown_deadbeef");
  }

  @Test
  void calls_in_a_stream_do_too() {
    String delta =
        "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,"
            + "\"id\":\"c\",\"function\":{\"name\":\"%s\",\"arguments\":\"{}\"}}]}}]}\n\n";

    Buffer events =
        TRANSLATOR.stream(attempt()).translate(Buffer.buffer(delta.formatted(tool(chat(), 2))));

    assertThat(Objects.requireNonNull(events).toString()).contains("\"name\":\"" + DOTTED + "\"");
  }
}
