package dev.infermux.mist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

  @ParameterizedTest
  @CsvSource({"1-3, 2, 2", "1-3, 2-9, 3", "4, 1-4, 4", "1-3, 1-3, 3", "' 1-2 ', 2, 2"})
  void two_sides_agree_on_the_highest_common_version(String ours, String theirs, String agreed) {
    VersionRange one = VersionRange.parse(ours);
    VersionRange other = VersionRange.parse(theirs);

    assertThat(MistVersions.negotiate(one, other)).isEqualTo(agreed);
    assertThat(MistVersions.negotiate(other, one)).isEqualTo(agreed);
  }

  @Test
  void two_sides_with_nothing_in_common_are_told_so() {
    assertThatThrownBy(() -> MistVersions.negotiate("2-3"))
        .isInstanceOf(MistException.class)
        .hasMessage("version range: \"2-3\" (expected: one that meets \"1\")")
        .extracting(e -> ((MistException) e).code())
        .isEqualTo(MistErrorCode.PROTOCOL);
    assertThat(MistVersions.negotiate("1-3")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "1-", "-1", "a", "1-b", "3-1", "1-2-3", "1.0", "9999999999"})
  void a_range_that_makes_no_sense_is_refused(String text) {
    assertThatThrownBy(() -> VersionRange.parse(text))
        .isInstanceOf(MistException.class)
        .hasMessageStartingWith("version range: \"" + text + "\" (expected: ");
  }

  @Test
  void a_range_prints_as_it_is_written() {
    assertThat(VersionRange.parse("1-3")).hasToString("1-3");
    assertThat(VersionRange.parse("2")).hasToString("2");
  }
}
