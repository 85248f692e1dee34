package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.api.Message;
import dev.infermux.api.ResponseMeta;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded answers as values, and requests there and back. */
class TypedJsonTest {

  private static final Path WIRE = Path.of("src/test/resources/wire/openai");

  @Test
  void recorded_call_of_a_tool_is_read() throws IOException {
    ChatResponse answer = TypedAnswers.chat(recorded("chat-tools.json"), ResponseMeta.NONE);

    assertThat(answer.id()).isEqualTo("chatcmpl-C4GmNWjg23NFd2DxEgJ1aMbICfhdA");
    assertThat(answer.created()).isEqualTo(1755133847);
    assertThat(answer.content()).isEmpty();
    assertThat(answer.finishReason()).isEqualTo("tool_calls");
    assertThat(answer.message().toolCalls())
        .containsExactly(
            new Message.ToolCall(
                "call_Xc4Aiih37EUJvqjoZlu4Vdoi",
                "get_current_weather",
                "{\"location\":\"San Francisco, CA\"}"));
    assertThat(answer.usage()).isNotNull();
    assertThat(answer.usage().reasoning()).isEqualTo(192);
    assertThat(answer.json().getString("service_tier")).isEqualTo("default");
  }

  @Test
  void recorded_embedding_is_unpacked() throws IOException {
    EmbeddingResponse answer =
        TypedAnswers.embeddings(recorded("embeddings.json"), ResponseMeta.NONE);

    assertThat(answer.model()).isEqualTo("text-embedding-3-small");
    assertThat(answer.data().get(0).embedding())
        .hasSize(12)
        .startsWith(0.017608326f, -0.045733217f);
    assertThat(answer.toString()).doesNotContain("0.017");
  }

  @ParameterizedTest
  @ValueSource(strings = {"xai-tools", "mistral-tools"})
  void recorded_stream_calls_a_tool_after_its_thoughts(String name) throws IOException {
    List<ChatChunk> chunks = new ArrayList<>();
    for (String line : Files.readAllLines(WIRE.resolve(name + ".chunks"))) {
      TypedChunks.read(Buffer.buffer("data: " + line + "\n\n"), chunks::add);
    }

    StringBuilder arguments = new StringBuilder();
    StringBuilder names = new StringBuilder();
    String reason = "";
    for (ChatChunk chunk : chunks) {
      for (ChatChunk.Choice choice : chunk.choices()) {
        choice.toolCalls().forEach(call -> arguments.append(call.arguments()));
        choice.toolCalls().forEach(call -> names.append(call.name()));
        reason = choice.finishReason().isEmpty() ? reason : choice.finishReason();
      }
    }
    assertThat(names).isNotEmpty();
    assertThat(new JsonObject(arguments.toString()).fieldNames()).isNotEmpty();
    assertThat(reason).isEqualTo("tool_calls");
    assertThat(chunks).anyMatch(chunk -> chunk.usage() != null);
  }

  @Test
  void events_in_one_buffer_are_as_many_chunks_and_the_last_event_is_none() {
    List<ChatChunk> chunks = new ArrayList<>();

    TypedChunks.read(
        Buffer.buffer(
            """
            data: {"choices":[{"index":0,"delta":{"content":"a"}}]}

            data: {"choices":[{"index":1,"delta":{"content":"b"}},{"index":0,"delta":{}}]}

            data: [DONE]

            """),
        chunks::add);

    assertThat(chunks).extracting(ChatChunk::content).containsExactly("a", "");
    assertThat(chunks.get(1).choices().get(0).content()).isEqualTo("b");
  }

  @Test
  void request_comes_back_as_it_was_written() {
    ChatRequest request =
        ChatRequest.of(
                "gpt-4o",
                Message.system("Be \"brief\"\n"),
                Message.user(Message.Part.text("What?"), Message.Part.image("https://a/b.png")),
                Message.assistant(List.of(new Message.ToolCall("c1", "now", "{}"))),
                Message.tool("c1", "12:00"))
            .withMaxTokens(64)
            .withTemperature(0.2)
            .withParameter("nothing", null)
            .withParameter("ünter", Map.of("big", 12345678901234567L));

    byte[] body = TypedRequests.chat(request, true).bytes();
    ChatRequest back = TypedRequests.chat(body);

    assertThat(back).isEqualTo(request);
    assertThat(new JsonObject(new String(body, UTF_8)).getBoolean("stream")).isTrue();
    assertThat(back.messages().get(1).text()).isEqualTo("What?");
    assertThat(back.messages().get(3).toolCallId()).isEqualTo("c1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e400", "1e99999999999", "1", "1.", "1e-"})
  void number_that_nothing_holds_keeps_its_spelling(String begin) {
    boolean whole = Character.isDigit(begin.charAt(begin.length() - 1)) && begin.contains("e");
    String number = whole ? begin : begin + "1".repeat(300_000);

    ChatRequest request =
        TypedRequests.chat(
            ("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"x\":"
                    + number
                    + "}")
                .getBytes(UTF_8));

    assertThat(request.parameters().get("x"))
        .isInstanceOf(SpeltNumber.class)
        .hasToString(number)
        .isEqualTo(new SpeltNumber(number));
    assertThat(new String(TypedRequests.chat(request, false).bytes(), UTF_8))
        .contains("\"x\":" + number);
  }

  @Test
  void values_that_are_no_json_are_named_with_their_place() {
    ChatRequest request = ChatRequest.of("m", "Hi");

    assertThatThrownBy(() -> request.withParameter("a", Map.of("b", List.of(1, new Object()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("parameters.a.b[1]: a java.lang.Object (expected: a JSON value)");
    assertThatThrownBy(() -> Message.user("Hi").withField("content", "twice"))
        .hasMessage("fields.content: given twice (expected: once)");
  }

  private static Buffer recorded(String name) throws IOException {
    return Buffer.buffer(Files.readAllBytes(WIRE.resolve(name)));
  }
}
