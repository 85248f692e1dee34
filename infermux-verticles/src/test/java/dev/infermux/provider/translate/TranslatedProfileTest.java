package dev.infermux.provider.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.anthropic.AnthropicChat;
import dev.infermux.dialect.chat.ChatDialect;
import dev.infermux.dialect.chat.ChatSide;
import dev.infermux.dialect.ollama.OllamaChat;
import dev.infermux.dialect.openai.OpenAiChat;
import dev.infermux.dialect.openai.OpenAiResponses;
import dev.infermux.dialect.responses.ResponsesChat;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.testing.ProfileVariant;
import dev.infermux.testing.TestTimes;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no whole answer has no end in any dialect, and what is has the end that it gave. */
class TranslatedProfileTest {

  private static final OpenAiResponses PROVIDER =
      new OpenAiResponses(
          new ProviderFailures("up"),
          (attempt, status, error, advice) ->
              new UpstreamError(FailureClass.SERVER_ERROR, status, error.message(), null),
          TestTimes.at(InstantSource.system()));

  /** A dialect, what stands at its end, and its words for the ends. */
  private record Target(ChatDialect dialect, Framing framing, String end, List<String> words) {}

  private static final List<Target> TARGETS =
      List.of(
          new Target(
              new AnthropicChat(model -> 0),
              Framing.NAMED_SSE,
              "message_stop",
              List.of("end_turn", "max_tokens", "tool_use", "refusal")),
          new Target(
              OllamaChat.chat(System::nanoTime),
              Framing.NDJSON,
              "\"done\":true",
              List.of("\"stop\"", "\"length\"", "\"stop\"", "\"stop\"")),
          new Target(
              new ResponsesChat(),
              Framing.NAMED_SSE,
              "event: response.",
              List.of(
                  "response.completed",
                  "response.incomplete",
                  "response.completed",
                  "response.incomplete")));

  static Stream<ProfileVariant> variants() {
    return ProfileVariant.all().filter(variant -> !variant.options().contains("completion"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void no_dialect_invents_an_end(ProfileVariant variant) {
    for (Target target : TARGETS) {
      String text = translated(variant, variant.bytes().length, target);

      assertThat(ends(text, target)).as(target.end).isEqualTo(!variant.fails());
      if (!variant.fails()) {
        assertThat(text).contains(target.words.get(ending(variant.caller())));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void no_cut_has_one_before_a_reason_was_given(ProfileVariant variant) {
    int reason = variant.provider().indexOf("\"finish_reason\":\"");
    int before = reason < 0 ? variant.bytes().length : reason;
    for (Target target : TARGETS) {
      for (int cut = 0; cut < before; cut += 3) {
        assertThat(ends(translated(variant, cut, target), target)).as("after %d", cut).isFalse();
      }
    }
  }

  private static boolean ends(String text, Target target) {
    return target.end.equals("event: response.")
        ? text.contains("event: response.completed") || text.contains("event: response.incomplete")
        : text.contains(target.end);
  }

  /** Which of the words the caller's chunks end with. */
  private static int ending(String chunks) {
    List<String> words = List.of("\"stop\"", "\"length\"", "\"tool_calls\"", "\"content_filter\"");
    for (String word : words) {
      if (chunks.contains("\"finish_reason\":" + word)) {
        return words.indexOf(word);
      }
    }
    throw new AssertionError("no reason in " + chunks);
  }

  private static String translated(ProfileVariant variant, int length, Target target) {
    EventReader reader = PROVIDER.events(variant.call().attempt());
    FrameWriter out = PROVIDER.framing().writer();
    FrameSplitter splitter =
        PROVIDER
            .framing()
            .splitter(
                frame -> {
                  if (!reader.over()) {
                    reader.event(frame, out);
                  }
                });
    splitter.feed(variant.bytes(), 0, length);
    splitter.end();
    if (!reader.over()) {
      reader.end("closed its connection", out);
    }
    Buffer events = out.take();
    if (events == null) {
      return "";
    }
    Buffer translated = translator(target).stream(variant.call().attempt()).translate(events);
    return translated == null ? "" : translated.toString(UTF_8);
  }

  private static ChatTranslator translator(Target target) {
    return new ChatTranslator(
        new ChatSide(OpenAiChat.DIALECT, Operation.CHAT, target.framing, target.dialect),
        new ChatSide(OpenAiChat.DIALECT, Operation.CHAT, Framing.SSE, new OpenAiChat()));
  }
}
