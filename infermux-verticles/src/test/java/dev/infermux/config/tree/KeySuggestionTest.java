package dev.infermux.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySuggestionTest {
  private static final List<String> KNOWN =
      List.of("name", "type", "api_key", "base_url", "timeout", "models", "rate_limits");

  @ParameterizedTest
  @CsvSource({
    "nmae, name",
    "apiKey, api_key",
    "baseurl, base_url",
    "time_out, timeout",
    "model, models",
    "ratelimits, rate_limits",
    "retries, rate_limits"
  })
  void a_slip_finds_its_name(String slip, String name) {
    assertThat(KeySuggestion.to(slip, KNOWN)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({"x", "colour", "''", "1234567890"})
  void something_else_finds_nothing(String other) {
    assertThat(KeySuggestion.to(other, KNOWN)).isEmpty();
  }

  @Test
  void similarity_is_that_of_the_literature() {
    assertThat(KeySuggestion.similarity("martha", "marhta")).isCloseTo(0.961, within());
    assertThat(KeySuggestion.similarity("dixon", "dicksonx")).isCloseTo(0.813, within());
    assertThat(KeySuggestion.similarity("same", "same")).isEqualTo(1);
    assertThat(KeySuggestion.similarity("abc", "xyz")).isZero();
  }

  private static Offset<Double> within() {
    return Offset.offset(0.001);
  }
}
