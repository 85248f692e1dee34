package dev.infermux.tokentrace.span;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GenAiTest {

  @Test
  void the_names_of_v1_41_are_the_default() {
    assertThat(GenAi.from(Map.of())).isEqualTo(GenAi.V1_41);
    assertThat(GenAi.V1_41.cacheWriteTokens().getKey())
        .isEqualTo("gen_ai.usage.cache_creation.input_tokens");
  }

  @Test
  void one_word_of_the_opt_in_list_switches_to_the_newest_names() {
    Map<String, String> environment =
        Map.of("OTEL_SEMCONV_STABILITY_OPT_IN", "http, gen_ai_latest_experimental");

    assertThat(GenAi.from(environment)).isEqualTo(GenAi.LATEST);
    assertThat(GenAi.LATEST.cacheWriteTokens().getKey())
        .isEqualTo("gen_ai.usage.cache_write.input_tokens");
  }
}
