package dev.infermux.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTraitsTest {

  @ParameterizedTest
  @CsvSource({
    "o1,            true,  true,  true",
    "o3-mini,       true,  true,  false",
    "o4-mini,       true,  true,  false",
    "openai/o3,     true,  true,  false",
    "a/openai/gpt-5,true,  true,  true",
    "gpt-5-mini,    true,  true,  true",
    "gpt-4o,        false, false, true",
    "gpt-,          false, false, true",
    "gpt-oss-120b,  false, true,  true",
    "gemini-2.5-pro,false, true,  true",
    "gemini-3-pro,  false, true,  true",
    "gemini-2.0,    false, false, true",
    "grok-3-mini,   false, true,  true",
    "grok-3,        false, false, true",
    "grok-mini,     false, false, true",
    "o,             false, false, true",
    "olmo-7b,       false, false, true",
    "foo3,          false, false, true",
    "o3/llama,      true,  true,  false",
    "/,             false, false, true",
    "'',            false, false, true"
  })
  void name_tells_what_a_model_takes(String model, boolean reasons, boolean effort, boolean stop) {
    assertThat(ModelTraits.reasons(model)).as("reasons").isEqualTo(reasons);
    assertThat(ModelTraits.takesEffort(model)).as("effort").isEqualTo(effort);
    assertThat(ModelTraits.takesStop(model)).as("stop").isEqualTo(stop);
  }
}
