package dev.infermux.mock.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MockPlanTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "ok x10, status-429",
        "ok 10s, status-503 5s, repeat",
        "text-\"one, two\" x2, hang",
      })
  void what_is_written_reads_back_as_the_same_words(String words) {
    assertThat(MockPlan.parse(words)).hasToString(words);
  }

  @Test
  void steps_in_a_list_may_hold_commas() {
    assertThat(MockPlan.parse(List.of("ok x2", "text-a,b", "repeat")))
        .hasToString("ok x2, text-\"a,b\", repeat");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "repeat # no step (expected: at least one behaviour)",
        "ok,,hang # \"\" (expected: a behaviour, alone or with x3 or 10s behind it)",
        "ok 3 # \"ok 3\" (expected: a behaviour, alone or with x3 or 10s behind it)",
        "ok x0 # \"0\" (expected: a whole number from 1 to 1000000)",
        "ok 0s # \"ok 0s\" (expected: a time above zero)",
        "repeat, ok # \"repeat\" (expected: ok | ",
      })
  void a_slip_is_told_with_what_would_be_right(String words, String message) {
    assertThatThrownBy(() -> MockPlan.parse(words.strip()))
        .hasMessageStartingWith(message.stripLeading());
  }
}
