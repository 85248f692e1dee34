package dev.infermux.provider.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.End;
import dev.infermux.inference.Failure.Cancelled;
import dev.infermux.inference.Failure.InvalidRequest;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.WholeAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class EchoProviderTest {

  private ProviderRig rig;

  @BeforeEach
  void open(Vertx vertx) {
    rig = new ProviderRig(vertx, here -> new EchoProvider(here, System::nanoTime));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static TestCall chat(String content, String more) {
    return TestCall.of(
        Operation.CHAT,
        "{\"model\":\"echo-v1\","
            + more
            + "\"messages\":[{\"role\":\"system\",\"content\":\"Be"
            + " brief\"},{\"role\":\"user\",\"content\":"
            + content
            + "}]}");
  }

  @Test
  void the_last_message_comes_back_with_its_tokens() {
    WholeAnswer answer = rig.whole(chat("\"Hello \\\"world\\\"\"", ""));

    JsonObject json = answer.body().toJsonObject();
    JsonObject choice = json.getJsonArray("choices").getJsonObject(0);
    assertThat(choice.getJsonObject("message").getString("content"))
        .isEqualTo("echo: Hello \"world\"");
    assertThat(choice.getString("finish_reason")).isEqualTo("stop");
    assertThat(json.getString("object")).isEqualTo("chat.completion");
    assertThat(json.getString("model")).isEqualTo("echo-v1");
    assertThat(json.getInteger("created")).isEqualTo(1_700_000_000);
    assertThat(answer.usage()).isEqualTo(Usage.reported((8 + 13) / 4, 19 / 4));
    assertThat(json.getJsonObject("usage").getInteger("total_tokens")).isEqualTo(5 + 4);
    assertThat(answer.finishReason()).isEqualTo("stop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"type\":\"text\",\"text\":\"a"
            + " \"},{\"type\":\"image_url\"},{\"type\":\"text\",\"text\":\"b\"}]|echo: a b",
        "null|'echo: '",
        "\"\"|'echo: '"
      })
  void parts_are_joined_and_nothing_is_echoed_as_nothing(String content, String said) {
    JsonObject json = rig.whole(chat(content, "")).body().toJsonObject();

    JsonObject message = json.getJsonArray("choices").getJsonObject(0).getJsonObject("message");
    assertThat(message.getString("content")).isEqualTo(said);
    assertThat(json.getJsonObject("usage").getInteger("completion_tokens"))
        .isEqualTo(said.length() / 4);
  }

  @Test
  void a_stream_comes_word_by_word() {
    StreamProbe probe = rig.streamed(chat("\"Hello big world\"", "\"stream\":true,"));

    End summary = probe.toEnd();

    assertThat(probe.buffers()).hasSize(1 + 4 + 1 + 1);
    assertThat(probe.content()).isEqualTo("echo: Hello big world");
    assertThat(probe.events()).last().isEqualTo("[DONE]");
    assertThat(probe.text()).doesNotContain("usage");
    assertThat(summary.usage()).isEqualTo(Usage.reported((8 + 15) / 4, 21 / 4));
    assertThat(summary.finishReason()).isEqualTo("stop");
    assertThat(summary.firstTokenNanos()).isNotZero();
    assertThat(summary.failure()).isNull();
  }

  @Test
  void a_streams_usage_comes_apart_after_the_reason_to_end() {
    StreamProbe probe =
        rig.streamed(
            chat("\"Hi\"", "\"stream\":true,\"stream_options\":{\"include_usage\":true},"));
    probe.toEnd();

    JsonObject usage = new JsonObject(probe.events().get(probe.events().size() - 2));
    assertThat(usage.getJsonArray("choices")).isEmpty();
    assertThat(usage.getJsonObject("usage").getInteger("prompt_tokens")).isEqualTo(2);
  }

  @Test
  void a_slow_reader_gets_as_much_as_it_asks_for() {
    StreamProbe probe = rig.streamed(chat("\"one two three\"", "\"stream\":true,"));

    probe.fetch(2);
    rig.settle();

    assertThat(probe.buffers()).hasSize(2);
    assertThat(probe.hasSummary()).isFalse();
    assertThat(probe.toEnd().failure()).isNull();
  }

  @Test
  void a_caller_who_leaves_gets_no_more() {
    TestCall call = chat("\"one two three\"", "\"stream\":true,");
    StreamProbe probe = rig.streamed(call);
    probe.fetch(1);
    rig.settle();

    call.cancellation().cancel();
    probe.resume();
    rig.settle();

    assertThat(probe.buffers()).hasSize(1);
    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    assertThat(rig.failure(call)).isInstanceOf(Cancelled.class);
  }

  @Test
  void legacy_completions_echo_their_prompt() {
    TestCall call =
        TestCall.of(Operation.COMPLETION, "{\"model\":\"echo-v1\",\"prompt\":[\"a\",\"b c\"]}");

    JsonObject json = rig.whole(call).body().toJsonObject();

    assertThat(json.getString("object")).isEqualTo("text_completion");
    assertThat(json.getJsonArray("choices").getJsonObject(0).getString("text"))
        .isEqualTo("echo: b c");
    StreamProbe probe =
        rig.streamed(
            TestCall.of(
                Operation.COMPLETION,
                "{\"model\":\"echo-v1\",\"stream\":true,\"prompt\":\"b c\"}"));
    probe.toEnd();
    assertThat(probe.content()).isEqualTo("echo: b c");
  }

  @Test
  void there_are_no_embeddings() {
    assertThat(
            rig.failure(
                TestCall.of(Operation.EMBEDDINGS, "{\"model\":\"echo-v1\",\"input\":\"x\"}")))
        .isInstanceOf(InvalidRequest.class);
  }
}
