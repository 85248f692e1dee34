package dev.infermux.estimation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFamilyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4o",
        "gpt-4o-mini-2024-07-18",
        "chatgpt-4o-latest",
        "gpt-4.1",
        "gpt-4.1-nano",
        "gpt-4.5-preview",
        "gpt-5",
        "gpt-5-nano",
        "gpt-5.4",
        "gpt-5.6-sol",
        "gpt-6-astra",
        "gpt-6.1-terra",
        "o1",
        "o1-2024-12-17",
        "o3-mini",
        "o4-mini",
        "openai/gpt-oss-120b",
        "openai/gpt-4o",
        "ft:gpt-4o-mini-2024-07-18:acme::x"
      })
  void newer_models_share_a_vocabulary_of_two_hundred_thousand(String model) {
    assertThat(TokenFamily.of(model)).isEqualTo(TokenFamily.O200K);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpt-4",
        "gpt-4-0613",
        "gpt-4-turbo",
        "gpt-3.5-turbo",
        "gpt-35-turbo",
        "text-embedding-3-small",
        "text-embedding-3-large",
        "text-embedding-ada-002",
        "babbage-002",
        "ft:gpt-3.5-turbo:acme::x"
      })
  void older_models_share_one_of_a_hundred_thousand(String model) {
    assertThat(TokenFamily.of(model)).isEqualTo(TokenFamily.CL100K);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "claude-opus-4-5", "gemini-2.5-pro", "llama3.2:3b", "gpt-2", "gpt-45", "gpt-50",
        "gpt-7", "o2", "o30", "my-gpt-4o", "gpt-4oo", "mistral-large-latest", "davinci"
      })
  void of_others_the_tokenizer_is_unknown(String model) {
    assertThat(TokenFamily.of(model)).isNull();
  }

  @Test
  void a_name_of_any_length_is_answered_at_once() {
    assertThat(TokenFamily.of("gpt-4o-" + "a".repeat(100_000))).isNull();
  }
}
