package dev.infermux.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "ä😀", "a\"b\\c\nd", "\u0000"})
  void a_text_of_ones_own_reads_as_it_was(String text) {
    assertThat(JsonText.of(text).decoded()).isEqualTo(text);
    assertThat(JsonText.of(text).characters()).isEqualTo(text.codePointCount(0, text.length()));
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "' ', true",
    "'\\n\\t ', true",
    "'a', false",
    "'  b', false",
    "'\\\\', false"
  })
  void white_space_is_blank_escaped_or_not(String inside, boolean blank) {
    assertThat(text(inside).isBlank()).isEqualTo(blank);
  }

  @Test
  void beginnings_are_compared_and_cut_off() {
    JsonText url = text("data:image/png;base64,AAAA");

    assertThat(url.startsWith("data:")).isTrue();
    assertThat(url.startsWith("http:")).isFalse();
    assertThat(url.after(5).decoded()).isEqualTo("image/png;base64,AAAA");
    assertThat(url.indexOf(',')).isEqualTo(21);
    assertThat(url.indexOf('!')).isEqualTo(-1);
  }

  @Test
  void views_of_other_bytes_are_equal_when_their_bytes_are() {
    assertThat(text("same")).isEqualTo(JsonText.of("same")).hasSameHashCodeAs(JsonText.of("same"));
    assertThat(text("same")).isNotEqualTo(text("other"));
  }

  private static JsonText text(String inside) {
    return new JsonCursor(("\"" + inside + "\"").getBytes(UTF_8)).text();
  }
}
