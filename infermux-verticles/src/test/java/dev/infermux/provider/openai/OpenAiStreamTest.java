package dev.infermux.provider.openai;

import static dev.infermux.provider.openai.OpenAiSpeech.DONE;
import static dev.infermux.provider.openai.OpenAiSpeech.HELLO;
import static dev.infermux.provider.openai.OpenAiSpeech.ROLE;
import static dev.infermux.provider.openai.OpenAiSpeech.STOP;
import static dev.infermux.provider.openai.OpenAiSpeech.WORLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiStreamTest extends OpenAiStreams {
  @ParameterizedTest
  @ValueSource(strings = {"openai/chat-stream.sse", "openai/chat-stream-usage.sse"})
  void recorded_streams_pass_byte_for_byte(String file) {
    StreamProbe probe = read(TestCall.streamWithUsage(), MockAnswer.sse(List.of(Wire.bytes(file))));

    assertThat(probe.text()).isEqualTo(Wire.text(file));
    assertThat(probe.failure()).isNull();
  }

  @Test
  void a_recorded_legacy_completion_passes_byte_for_byte() {
    String file = "openai/completion-stream-usage.sse";
    TestCall call =
        TestCall.of(
            Operation.COMPLETION,
            "{\"model\":\"babbage\",\"prompt\":\"x\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

    StreamProbe probe = read(call, MockAnswer.sse(List.of(Wire.bytes(file))));

    assertThat(probe.text()).isEqualTo(Wire.text(file));
    assertThat(probe.summary().usage()).isEqualTo(Usage.reported(31, 25));
    assertThat(probe.summary().contentChars()).isPositive();
  }

  @Test
  void a_stream_of_reasoning_alone_is_whole() {
    StreamProbe probe =
        read(
            TestCall.stream(), MockAnswer.sse(List.of(Wire.bytes("openai/chat-stream-usage.sse"))));

    assertThat(probe.summary().failure()).isNull();
    assertThat(probe.summary().finishReason()).isEqualTo("length");
    assertThat(probe.summary().usage())
        .isEqualTo(new Usage(12, 0, 0, 0, 100, 100, false, Usage.Terms.STANDARD).inTier("default"));
    assertThat(probe.summary().firstTokenNanos()).isZero();
    assertThat(probe.text()).doesNotContain("prompt_tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openai/groq-tools.chunks",
        "openai/mistral-tools.chunks",
        "openai/deepseek-tools.chunks",
        "openai/xai-tools.chunks",
        "openai/model-router.chunks"
      })
  void recorded_relatives_come_out_in_the_profile_all_clients_take(String file) {
    List<String> events = new ArrayList<>(Wire.lines(file));
    events.add(DONE);

    StreamProbe probe = read(TestCall.streamWithUsage(), MockAnswer.events(events));

    List<JsonObject> chunks = new ArrayList<>();
    probe
        .events()
        .subList(0, probe.events().size() - 1)
        .forEach(e -> chunks.add(new JsonObject(e)));
    assertThat(probe.events()).last().isEqualTo(DONE);
    JsonObject usage = chunks.remove(chunks.size() - 1);
    assertThat(usage.getJsonArray("choices")).isEmpty();
    assertThat(usage.getJsonObject("usage").getMap())
        .containsKeys("prompt_tokens", "completion_tokens", "total_tokens");
    for (JsonObject chunk : chunks) {
      assertThat(chunk.getMap()).containsKeys("id", "object", "created", "model", "choices");
      assertThat(chunk.getValue("usage")).isNull();
      assertThat(chunk.containsKey("error")).isFalse();
    }
    JsonObject first =
        chunks.stream().filter(c -> !c.getJsonArray("choices").isEmpty()).findFirst().orElseThrow();
    assertThat(
            first.getJsonArray("choices").getJsonObject(0).getJsonObject("delta").getString("role"))
        .isEqualTo("assistant");
    assertThat(probe.summary().usage()).isNotNull();
    assertThat(probe.summary().failure()).isNull();
  }

  @Test
  void usage_beside_the_last_choice_is_shown_apart_or_not_at_all() {
    List<String> events = new ArrayList<>(Wire.lines("openai/groq-tools.chunks"));
    events.add(DONE);

    assertThat(read(TestCall.stream(), MockAnswer.events(events)).events())
        .hasSize(4)
        .noneMatch(OpenAiStreamTest::hasUsage);
    JsonObject usage =
        new JsonObject(read(TestCall.streamWithUsage(), MockAnswer.events(events)).events().get(3));
    assertThat(usage.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(210);
    assertThat(usage.getJsonObject("usage").getDouble("queue_time")).isEqualTo(0.041520249);
    assertThat(usage.getString("id")).isEqualTo("chatcmpl-b610d559-f156-4aca-8827-24b4fe6af54f");
  }

  private static boolean hasUsage(String event) {
    return event.startsWith("{") && new JsonObject(event).getJsonObject("usage") != null;
  }

  @Test
  void broken_and_empty_chunks_and_comments_are_left_out() {
    String stream =
        ": OPENROUTER PROCESSING\n\ndata: "
            + ROLE
            + "\n\ndata:\n\ndata: : keepalive\n\n: ping\n\n"
            + "data: {\"id\": oops}\n\ndata: \"text\"\n\ndata: {\"type\":\"ping\"}\n\n"
            + "event: ping\n\ndata: "
            + HELLO
            + "\r\n\r\nid: 7\ndata: "
            + STOP
            + "\n\ndata: [DONE]\n\n";

    StreamProbe probe = read(TestCall.stream(), MockAnswer.sse(List.of(Buffer.buffer(stream))));

    assertThat(probe.events()).containsExactly(ROLE, HELLO, STOP, DONE);
    assertThat(probe.failure()).isNull();
  }

  @Test
  void odd_chunks_are_repaired() {
    StreamProbe probe =
        read(
            ROLE,
            OpenAiSpeech.chunk(
                "\"error\":null,\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"\",\"logprobs\":{\"x\":-0.10}}]"),
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"}}]}",
            "{\"id\":\"x\",\"object\":\"y\",\"created\":1.5,\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"c\"}}]}",
            OpenAiSpeech.chunk("\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]"),
            DONE);

    assertThat(probe.events())
        .containsExactly(
            ROLE,
            OpenAiSpeech.chunk(
                "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null,\"logprobs\":{\"x\":-0.10}}]"),
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":null}],\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o-mini-2024-07-18\"}",
            "{\"id\":\"x\",\"object\":\"y\",\"created\":1700000000,\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"c\"},\"index\":0,\"finish_reason\":null}]}",
            OpenAiSpeech.chunk(
                "\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"delta\":{}}]"),
            DONE);
  }

  @Test
  void a_role_that_is_missing_is_added_once() {
    List<String> events = read(HELLO, WORLD, STOP, DONE).events();

    assertThat(events.get(0)).contains("\"role\":\"assistant\"");
    assertThat(events.subList(1, 4)).containsExactly(WORLD, STOP, DONE);
  }
}
