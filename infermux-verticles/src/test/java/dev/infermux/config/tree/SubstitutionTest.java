package dev.infermux.config.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("A", "one", "B_2", "two", "EMPTY", "", "NESTED", "${A} $B_2 $$");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "plain | plain",
        "$A | one",
        "${A} | one",
        "x${A}y$B_2.z | xoney" + "two.z",
        "$$A | $A",
        "$$${A}$$ | $one$",
        "$ | $",
        "5$ and $5 | 5$ and $5",
        "${NOPE:-fallback} | fallback",
        "${EMPTY:-fallback} | fallback",
        "${A:-fallback} | one",
        "${NOPE:-} | ''",
        "${NOPE:-${A}} | one",
        "${NOPE:-${NOPE:-${B_2}}}! | two!",
        "${NOPE:-a:-b:?c} | a:-b:?c",
        "${A:?needed} | one",
        "${NESTED} | ${A} $B_2 $$",
      })
  void a_value_is_filled_from_the_environment(String text, String expected) {
    Substitution substitution = new Substitution(ENVIRONMENT);

    assertThat(substitution.fill(text)).isEqualTo(expected);
    assertThat(substitution.unset()).isEmpty();
    assertThat(substitution.failures()).isEmpty();
  }

  @Test
  void what_is_not_set_is_empty_and_noted() {
    Substitution substitution = new Substitution(ENVIRONMENT);

    assertThat(substitution.fill("<${NOPE}$NEITHER>")).isEqualTo("<>");
    assertThat(substitution.unset()).containsExactly("NOPE", "NEITHER");
  }

  @Test
  void what_is_set_to_nothing_is_set() {
    Substitution substitution = new Substitution(ENVIRONMENT);

    assertThat(substitution.fill("${EMPTY}")).isEmpty();
    assertThat(substitution.unset()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${NOPE:?set it in the shell} | ${NOPE} is not set: set it in the shell",
        "${EMPTY:?} | ${EMPTY} is not set",
        "${A | \"${\" without its \"}\"",
        "${} | \"${\" without the name of a variable",
        "${1A} | \"${\" without the name of a variable",
        "${A-x} | \"${A\" followed by neither \"}\" nor \":-\" nor \":?\"",
      })
  void what_cannot_be_filled_is_a_failure(String text, String failure) {
    Substitution substitution = new Substitution(ENVIRONMENT);

    substitution.fill(text);

    assertThat(substitution.failures()).containsExactly(failure);
  }

  @Test
  void defaults_within_defaults_have_a_bottom() {
    Substitution substitution = new Substitution(Map.of());

    substitution.fill("${X:-".repeat(100_000) + "}".repeat(100_000));

    assertThat(substitution.failures()).hasSize(1);
  }
}
