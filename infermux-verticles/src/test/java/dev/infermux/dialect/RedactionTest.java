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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sk-proj-abc123DEF456",
        "sk-ant-api03-xyz_098765",
        "gsk_0123456789abcdef",
        "xai-0123456789",
        "abcd****wxyz",
        "Bearer eyJhbGciOi.J9",
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

  @Test
  void lines_and_control_characters_become_spaces_and_length_has_an_end() {
    assertThat(Redaction.clean("one\r\ntwo\u0000three\n", null)).isEqualTo("one two three");
    assertThat(Redaction.clean("x".repeat(5_000), null)).hasSize(1_001);
  }
}
