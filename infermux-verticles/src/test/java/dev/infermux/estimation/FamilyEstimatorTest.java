package dev.infermux.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.testing.TestCall;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FamilyEstimatorTest {

  private static final String FIB =
      "def fib(n):\\n    if n <= 1:\\n        return n\\n    else:\\n        return fib(n-1) +"
          + " fib(n-2)";

  private static final TokenEstimator ESTIMATOR = new FamilyEstimator(Runnable::run);

  private static long prompt(Operation operation, String model, String fields) {
    String body = "{\"model\":\"" + model + "\"," + fields + "}";
    Usage usage = ESTIMATOR.estimate(TestCall.of(operation, body).call(), model, 0);
    assertThat(usage.estimated()).isTrue();
    return usage.promptTokens();
  }

  private static long chat(String model, String messages) {
    return prompt(Operation.CHAT, model, "\"messages\":[" + messages + "]");
  }

  private static String user(String content) {
    return "{\"role\":\"user\",\"content\":\"" + content + "\"}";
  }

  /** The providers' own counts, from recorded calls. */
  @Test
  void counts_what_openai_counted() {
    assertThat(
            prompt(
                Operation.EMBEDDINGS,
                "text-embedding-3-small",
                "\"input\":\"How do I reset my password?\""))
        .isEqualTo(7);
    assertThat(prompt(Operation.COMPLETION, "babbage-002", "\"prompt\":\"" + FIB + "\""))
        .isEqualTo(31);
    assertThat(chat("gpt-5-nano", user("Hello!"))).isCloseTo(8, within(1L));
    assertThat(chat("gpt-5-nano", user("Hello, I'm a developer!"))).isCloseTo(12, within(2L));
  }

  /** The example of OpenAI's cookbook, with the counts that its API gave. */
  @ParameterizedTest
  @CsvSource({"gpt-4-0613, 129", "gpt-3.5-turbo-0125, 129", "gpt-4o, 124", "gpt-4o-mini, 124"})
  void counts_the_frames_of_messages_as_openai_does(String model, long tokens) {
    String messages =
        String.join(
            ",",
            named(
                "\"system\"",
                "You are a helpful, pattern-following assistant that translates corporate jargon"
                    + " into plain English."),
            named(
                "\"system\",\"name\":\"example_user\"",
                "New synergies will help drive top-line growth."),
            named(
                "\"system\",\"name\":\"example_assistant\"",
                "Things working well together will increase revenue."),
            named(
                "\"system\",\"name\":\"example_user\"",
                "Let's circle back when we have more bandwidth to touch base on opportunities for"
                    + " increased leverage."),
            named(
                "\"system\",\"name\":\"example_assistant\"",
                "Let's talk later when we're less busy about how to do better."),
            named(
                "\"user\"",
                "This late pivot means we don't have time to boil the ocean for the client"
                    + " deliverable."));

    assertThat(chat(model, messages)).isEqualTo(tokens);
  }

  private static String named(String role, String content) {
    return "{\"role\":" + role + ",\"content\":\"" + content + "\"}";
  }

  @ParameterizedTest
  @CsvSource({"claude-opus-4-5, 3", "llama3.2:3b, 3", "gpt-4o, 9"})
  void other_families_take_four_characters_a_token(String model, long tokens) {
    assertThat(chat(model, user("Hello world"))).isEqualTo(tokens);
  }

  @Test
  void a_completion_takes_four_characters_a_token_everywhere() {
    TestCall call = TestCall.chat();

    assertThat(ESTIMATOR.estimate(call.call(), "gpt-4o", 9).completionTokens()).isEqualTo(3);
    assertThat(ESTIMATOR.estimate(call.call(), "claude", 0).completionTokens()).isZero();
  }

  @Test
  void nobody_waits_for_a_tokenizer() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    FamilyEstimator lazy = new FamilyEstimator(tasks::add);
    TestCall call = TestCall.chat();

    Usage before = lazy.estimate(call.call(), "gpt-4o", 0);
    Usage still = lazy.estimate(call.call(), "gpt-4o-mini", 0);
    assertThat(tasks).hasSize(1);
    tasks.remove().run();
    Usage after = lazy.estimate(call.call(), "gpt-4o", 0);

    assertThat(before).isEqualTo(Usage.estimated("Hi there".length(), 0)).isEqualTo(still);
    assertThat(after.promptTokens()).isEqualTo(2 + 4 + 3);
  }

  @Test
  void a_completion_is_never_longer_than_the_caller_allowed() {
    String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    TestCall ten = TestCall.of(Operation.CHAT, body + ",\"max_tokens\":10}");
    TestCall twice = TestCall.of(Operation.CHAT, body + ",\"max_tokens\":10,\"n\":2}");
    TestCall none =
        TestCall.of(Operation.COMPLETION, "{\"model\":\"m\",\"prompt\":\"x\",\"max_tokens\":0}");
    TestCall unlimited = TestCall.of(Operation.CHAT, body + ",\"max_tokens\":0}");

    assertThat(ESTIMATOR.estimate(ten.call(), "m", 36).completionTokens()).isEqualTo(9);
    assertThat(ESTIMATOR.estimate(ten.call(), "m", 400).completionTokens()).isEqualTo(10);
    assertThat(ESTIMATOR.estimate(twice.call(), "m", 400).completionTokens()).isEqualTo(20);
    assertThat(ESTIMATOR.estimate(none.call(), "m", 400).completionTokens()).isZero();
    assertThat(ESTIMATOR.estimate(unlimited.call(), "m", 400).completionTokens()).isEqualTo(100);
  }

  @Test
  void each_message_has_its_frame() {
    assertThat(chat("gpt-4o", user("Hello!") + "," + user("Hello!")))
        .isEqualTo(chat("gpt-4o", user("Hello!")) + 4 + 2);
  }

  @Test
  void parts_and_the_arguments_of_tool_calls_are_text_as_well() {
    long alone = chat("gpt-4o", user(""));
    String parts =
        "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hello!\"},"
            + "{\"type\":\"text\",\"text\":\"Hello!\"}]}";
    String call =
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":"
            + "\"function\",\"function\":{\"name\":\"Hello!\",\"arguments\":\"Hello!\"}}]}";

    assertThat(chat("gpt-4o", parts)).isEqualTo(alone + 4);
    assertThat(chat("gpt-4o", call)).isEqualTo(alone + 5);
  }

  @Test
  void a_picture_counts_the_same_whatever_its_bytes() {
    String picture =
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}]}";

    assertThat(chat("gpt-4o", picture.formatted("https://example.org/a.png")))
        .isEqualTo(chat("gpt-4o", picture.formatted("data:image/png;base64," + "A".repeat(9000))))
        .isEqualTo(765 + 4 + 3);
  }

  @Test
  void tools_are_a_part_of_the_prompt() {
    String messages = "\"messages\":[" + user("What is the weather like in San Francisco?") + "]";
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_current_weather\","
            + "\"description\":\"Get the current weather in a given location\"}}]";

    assertThat(prompt(Operation.CHAT, "gpt-4o", messages + tools))
        .isGreaterThan(prompt(Operation.CHAT, "gpt-4o", messages) + 15);
  }

  @Test
  void token_ids_are_tokens() {
    assertThat(prompt(Operation.EMBEDDINGS, "text-embedding-3-small", "\"input\":[[1,2,3],[4]]"))
        .isEqualTo(4);
    assertThat(prompt(Operation.EMBEDDINGS, "text-embedding-3-small", "\"input\":[1,2,3]"))
        .isEqualTo(3);
  }

  @Test
  void a_text_that_looks_like_a_control_token_is_text() {
    assertThat(chat("gpt-4o", user("<|endoftext|>"))).isEqualTo(7 + 4 + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc def ", "\\n\\\"\\\\ ", "\\u7684\\u662f", "的是", "\\ud83d\\ude00", "é"})
  void the_rest_of_a_long_text_is_as_dense_as_its_start(String unit) {
    int times = 100_000;

    long tokens = chat("gpt-4o", user(unit.repeat(times)));

    long start = chat("gpt-4o", user(unit.repeat(1_000))) - 7;
    assertThat(tokens).isCloseTo(start * times / 1_000, within(start * times / 1_000 / 10));
  }

  @Test
  void many_texts_are_cut_short_together() {
    String text = user("All work and no play makes Jack a dull boy. ".repeat(20));
    String many = String.join(",", java.util.Collections.nCopies(300, text));

    assertThat(chat("gpt-4o", many)).isCloseTo((chat("gpt-4o", text) - 3) * 300, within(3_000L));
  }
}
