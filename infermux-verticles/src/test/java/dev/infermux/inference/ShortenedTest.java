package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortenedTest {

  @ParameterizedTest
  @CsvSource({"abcd, 4, abcd", "abcd, 3, abc", "ab😀, 3, ab", "ab😀, 4, ab😀", "'', 3, ''"})
  void beginning_has_no_half_of_a_character_at_its_end(String text, int most, String expected) {
    assertThat(Shortened.beginning(text, most)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "abcdef, 6, abcdef",
    "abcdefg, 6, abc…fg",
    "ab😀defg, 6, ab…fg",
    "abcdef😀, 6, abc…😀",
    "abcde😀g, 6, abc…g"
  })
  void middle_is_left_out_without_tearing_a_character(String text, int most, String expected) {
    assertThat(Shortened.middle(text, most)).isEqualTo(expected);
  }
}
