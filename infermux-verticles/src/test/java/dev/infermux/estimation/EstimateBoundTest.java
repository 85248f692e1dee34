package dev.infermux.estimation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.policy.budget.PromptBound;
import dev.infermux.testing.TestCall;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a budget reserves for a prompt covers what the prompt is estimated at. */
class EstimateBoundTest {

  private static final TokenEstimator ESTIMATOR = new FamilyEstimator(Runnable::run);
  private static final String[] PIECES = {
    "the ",
    "🦜",
    "的",
    "\\ud83e\\udd9c",
    "\\u7684",
    "{\\\"k\\\":1}",
    "<|endoftext|>",
    "\\n",
    "ﷺ",
    " ",
    "q7"
  };

  private static void covers(String messages) {
    covers(messages, "");
  }

  private static void covers(String messages, String seed) {
    String json = "{\"model\":\"m\",\"messages\":[" + messages + "]}";
    Call call = TestCall.of(Operation.CHAT, json).call();
    BodyFacts facts = call.body().facts();
    long bound =
        PromptBound.tokens(
            json.getBytes(UTF_8).length - (long) facts.attachmentBytes(), facts.attachments());

    for (String model : new String[] {"gpt-4o", "gpt-4", "claude"}) {
      assertThat(ESTIMATOR.estimate(call, model, 0).promptTokens())
          .as("%s%s: %.200s", seed, model, json)
          .isLessThanOrEqualTo(bound);
    }
  }

  private static String user(String content) {
    return "{\"role\":\"user\",\"content\":" + content + "}";
  }

  @Test
  void a_dense_start_does_not_make_a_thin_rest_dear() {
    covers(user("\"" + "🦜ﷺ".repeat(2_000) + "a ".repeat(500_000) + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image_url", "input_audio", "file", "name", "other"})
  void parts_of_any_kind_are_covered(String kind) {
    String part = "{\"" + kind + "\":{\"text\":\"" + "🦜".repeat(300) + "\"}}";

    covers(user("[" + part + "," + part + "]"));
    String field = "{\"" + kind + "\":1},";
    covers("{\"role\":\"user\",\"x\":[" + field.repeat(500) + "1]}");
  }

  @Test
  void many_empty_messages_are_covered() {
    covers(user("\"\"") + ("," + user("null")).repeat(2_000));
  }

  @Test
  void half_a_character_is_counted_like_any_other() {
    covers(user("\"\\ud83e\""));
    covers(user("\"" + "\\ud83e\\udd9c".repeat(1_000) + "\""));
  }

  @Test
  void random_prompts_are_covered() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      StringBuilder messages = new StringBuilder();
      for (int message = 0; message <= random.nextInt(4); message++) {
        StringBuilder text = new StringBuilder();
        for (int piece = 0; piece < random.nextInt(60); piece++) {
          text.append(PIECES[random.nextInt(PIECES.length)].repeat(1 + random.nextInt(60)));
        }
        messages.append(messages.isEmpty() ? "" : ",").append(user("\"" + text + "\""));
      }
      covers(messages.toString(), "seed " + seed + ", ");
    }
  }
}
