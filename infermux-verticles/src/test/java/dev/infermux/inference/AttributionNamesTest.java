package dev.infermux.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"team-é", "team-e\u0301", " team-é ", "\uff54eam-é", "\u00a0team-é"})
  void every_spelling_of_a_name_is_one(String spelling) {
    assertThat(AttributionText.of(spelling, "", "", "").caller()).isEqualTo("team-é");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u200bb", "a\u202eb", "a\u0000b", "a\ufeffb", "a\ue000b", "a\ud800"})
  void what_does_not_print_is_no_name(String text) {
    assertThat(AttributionText.normal(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u034fb",
        "a\u115fb",
        "a\u1160b",
        "a\u17b4b",
        "a\u180bb",
        "a\u2800b",
        "a\u3164b",
        "a\ufe0fb",
        "a\uffa0b",
        "a\udb40\udd00b"
      })
  void what_shows_nothing_is_no_name(String text) {
    assertThat(AttributionText.normal(text)).isNull();
  }

  @Test
  void blanks_within_stay() {
    assertThat(AttributionText.normal("team a")).isEqualTo("team a");
  }
}
