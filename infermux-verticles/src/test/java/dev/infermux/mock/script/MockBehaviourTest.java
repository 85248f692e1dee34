package dev.infermux.mock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockBehaviourTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "status-503",
        "status-429+code-insufficient_quota+retry-after-1500ms",
        "hang",
        "reset",
        "close",
        "malformed",
        "error",
        "error-after-3+code-rate_limit_exceeded",
        "cut-after-5",
        "reset-after-0",
        "stall-after-2",
        "latency-1s+first-token-2s+pace-20ms+jitter-5ms",
        "text-\"Hello, \\\"world\\\" + more\"+finish-length+usage-9/3",
        "tokens-7+usage-none+malformed-after-2+no-done",
        "usage-wrong",
        "tool-call",
        "tool-call-2+schema+reasoning-5",
        "tool-call-get_weather/time+arguments-\"{\\\"city\\\":\\\"Oslo\\\"}\"",
      })
  void what_is_written_reads_back_as_the_same_words(String words) {
    assertThat(MockBehaviour.parse(words)).hasToString(words);
  }

  @ParameterizedTest
  @CsvSource({
    "503, status-503",
    "cut:3, cut-after-3",
    "stall=4, stall-after-4",
    "cut-after=3, cut-after-3",
    "retry-after-2s+503, status-503+retry-after-2s",
    "pace-1.5s, pace-1500ms",
    "ok+latency-60s, latency-60s",
  })
  void shorter_and_other_ways_to_say_it_are_understood(String words, String canonical) {
    assertThat(MockBehaviour.parse(words)).hasToString(canonical);
  }

  @Test
  void words_and_methods_say_the_same() {
    assertThat(MockBehaviour.parse("status-429+retry-after-2s+latency-50ms"))
        .isEqualTo(
            MockBehaviour.status(429)
                .retryAfter(Duration.ofSeconds(2))
                .latency(Duration.ofMillis(50)));
    assertThat(MockBehaviour.parse("cut-after-5+usage-none+text-Hi"))
        .isEqualTo(MockBehaviour.cutAfter(5).usage(MockUsage.NONE).text("Hi"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "statsu-503 # \"statsu-503\" (expected: ok | status-N | ",
        "'' # \"\" (expected: ok | ",
        "status # \"status\" (expected: status-N)",
        "hang-5 # \"hang-5\" (expected: hang)",
        "status-99 # status: \"99\" (expected: a whole number from 300 to 599)",
        "cut-after-many # cut-after: \"many\" (expected: a whole number from 0 to 1000000)",
        "pace-fast # pace: \"fast\" (expected: a duration such as ",
        "usage-9 # usage: \"9\" (expected: exact | none | wrong | IN/OUT)",
        "tool-call-0 # tool-call: \"0\" (expected: a whole number from 1 to 64)",
        "tool-call-a// # tool-call: \"a//\" (expected: a number, or names of tools joined by /)",
        "schema-x # \"schema-x\" (expected: schema)",
        "hang+status-500 # \"hang+status-500\" (expected: one of status, hang alone)",
        "pace-1s+pace-2s # pace twice (expected: each word once at most)",
        "retry-after-2s # retry-after: retry-after without a status (expected:"
            + " status-N+retry-after-D)",
        "hang+code-x # code: code without an error (expected: ",
        "text-\"Hi # \"text-\"Hi\" (expected: a second \" for each \")",
      })
  void a_slip_is_told_with_what_would_be_right(String words, String message) {
    assertThatThrownBy(() -> MockBehaviour.parse(words.strip()))
        .isInstanceOf(MockSyntaxException.class)
        .hasMessageStartingWith(message.stripLeading());
  }
}
