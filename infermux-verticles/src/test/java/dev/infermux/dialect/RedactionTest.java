package dev.infermux.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @Test
  void the_credential_in_use_never_shows() {
    assertThat(Redaction.clean("bad key 'hunter2'.", Secret.of("hunter2")))
        .isEqualTo("bad key '****'.");
  }

  @Test
  void short_credential_is_masked_as_a_word_alone() {
    String text = "too many tokens for any_model";

    assertThat(Redaction.clean(text, Secret.of("any"))).isEqualTo(text);
    assertThat(Redaction.clean("max_tokens: 9", Secret.of("k"))).isEqualTo("max_tokens: 9");
    assertThat(Redaction.clean("key any, 'any'", Secret.of("any"))).isEqualTo("key ****, '****'");
    assertThat(Redaction.clean("xhunter22x", Secret.of("hunter22"))).isEqualTo("****");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abc123DEF456",
        "sk-ant-api03-xyz_098765",
        "gsk_0123456789abcdef",
        "xai-0123456789",
        "abcd****wxyz",
        "Bearer eyJhbGciOi.J9",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc123",
        "AIzaSyA1234567890abcdefghijkl",
        "ya29.a0AfH6SMBx-1234567890",
        "AKIAIOSFODNN7EXAMPLE",
        "ghp_0123456789abcdefghij",
        "key=ab*cd**ef***gh",
      })
  void whatever_looks_like_a_key_is_masked(String key) {
    String clean = Redaction.clean("Incorrect API key provided: " + key + ". Look it up.", null);

    assertThat(clean).doesNotContain(key).startsWith("Incorrect API key provided: ****");
  }

  @Test
  void ordinary_words_stay() {
    String text = "The model `gpt-4.1-nano-wrong` does not exist; task-based risk-free key 'id-1'.";

    assertThat(Redaction.clean(text, null)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a*", "a**", "*", "**a ", "'a", "sk-", "bearer ", "eyJ", "/"})
  void each_letter_is_read_a_few_times_at_most(String piece) {
    CountedText text = new CountedText(piece.repeat(4_000));

    Redaction.masked(text);

    assertThat(text.read).isLessThan(60L * text.length());
  }

  /** Counts how often it is read. */
  private static final class CountedText implements CharSequence {

    private final String text;
    private long read;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      read++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Test
  void lines_and_control_characters_become_spaces_and_length_has_an_end() {
    assertThat(Redaction.clean("one\r\ntwo\u0000three\n", null)).isEqualTo("one two three");
    assertThat(Redaction.clean("x".repeat(5_000), null)).hasSize(1_001);
  }
}
