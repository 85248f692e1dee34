package dev.infermux.prices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Usage;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PricingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceFileTest {

  private static final String ROW =
      "\"providers\": {\"openai\": {\"gpt-4o\": {\"input\": 1.000000001, \"output\": 4}}}}";

  private static final String LITELLM =
      """
      {"gemini/gemini-9": {
         "input_cost_per_token": 1.25e-06, "output_cost_per_token": 1e-05,
         "cache_read_input_token_cost": 1.25e-07, "cache_creation_input_token_cost": 4.5e-06,
         "cache_creation_input_token_cost_above_1hr": 9e-06,
         "input_cost_per_token_above_200k_tokens": 2.5e-06,
         "output_cost_per_token_above_200k_tokens": 1.5e-05,
         "input_cost_per_token_priority": 2.5e-06, "output_cost_per_token_priority": 1.8e-05,
         "input_cost_per_token_flex": 6.25e-07, "output_cost_per_token_flex": 5e-06,
         "input_cost_per_audio_token": 3e-06, "max_output_tokens": 65535,
         "litellm_provider": "gemini", "mode": "chat"},
       "gpt-audio": {
         "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
         "output_cost_per_audio_token": 8e-05, "litellm_provider": "openai", "mode": "chat"},
       "text-embedding-9": {
         "input_cost_per_token": 2e-08, "litellm_provider": "openai", "mode": "embedding"},
       "azure/gpt-4o": {
         "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
         "litellm_provider": "azure", "mode": "chat"},
       "odd": {"input_cost_per_token": -1, "output_cost_per_token": 1,
         "litellm_provider": "openai", "mode": "chat"}}
      """;

  @TempDir Path directory;

  private PriceFile list(String text) throws IOException {
    return PriceFile.readEither(Files.writeString(directory.resolve("p.json"), text));
  }

  private static String cost(PriceFile list, String model) {
    return new PriceBook(list.effective().table(), PricingOptions.defaults())
        .cost("openai", "openai", model, Usage.reported(1_000_000, 1_000_000))
        .amount()
        .toDecimal();
  }

  private static Map<String, String> imported(PriceFile list, String vendor, String model) {
    return PriceFields.of(list.sections().get(vendor).get(model));
  }

  @Test
  void a_list_goes_over_the_built_in_one_row_by_row() throws IOException {
    PriceFile over = list("{" + ROW);

    assertThat(cost(over, "gpt-4o")).isEqualTo("5.000000001");
    assertThat(cost(over, "gpt-4o-mini")).isEqualTo("0.75");
    assertThat(over.effective().asOf()).isEqualTo(PriceFile.builtIn().asOf());
  }

  @Test
  void a_list_may_stand_in_its_place() throws IOException {
    PriceFile alone = list("{\"as_of\": \"2026-11-01\", \"replaces\": true, " + ROW);

    assertThat(cost(alone, "gpt-4o")).isEqualTo("5.000000001");
    assertThat(cost(alone, "gpt-4o-mini")).isEqualTo("0");
    assertThat(alone.effective().asOf()).isEqualTo(LocalDate.of(2026, 11, 1));
    assertThat(alone.effective().sections()).containsOnlyKeys("openai", "ollama", "echo");
  }

  @Test
  void rates_by_the_token_become_rates_by_the_million() throws IOException {
    assertThat(imported(list(LITELLM), "gemini", "gemini-9"))
        .containsEntry("input", "1.25")
        .containsEntry("output", "10")
        .containsEntry("cache_read", "0.125")
        .containsEntry("cache_write_5m", "4.5")
        .containsEntry("cache_write_1h", "9")
        .containsEntry("max_output_tokens", "65535")
        .doesNotContainKey("partial");
  }

  @Test
  void tiers_are_taken_and_what_they_lack_is_scaled() throws IOException {
    assertThat(imported(list(LITELLM), "gemini", "gemini-9"))
        .containsEntry("tier.above_tokens", "200000")
        .containsEntry("tier.input", "2.5")
        .containsEntry("tier.output", "15")
        .containsEntry("tier.cache_read", "0.25")
        .containsEntry("priority.input", "2.5")
        .containsEntry("priority.output", "18")
        .containsEntry("priority.cache_read", "0.25")
        .containsEntry("priority.tier.input", "5")
        .containsEntry("flex.cache_read", "0.0625")
        .doesNotContainKey("batch.input");
  }

  @Test
  void vendors_have_our_names_and_what_is_no_price_is_left_out() throws IOException {
    PriceFile list = list(LITELLM);

    assertThat(list.sections().get("azure_openai")).containsOnlyKeys("gpt-4o");
    assertThat(list.sections().get("openai")).containsOnlyKeys("gpt-audio", "text-embedding-9");
    assertThat(imported(list, "openai", "text-embedding-9"))
        .containsEntry("input", "0.02")
        .containsEntry("output", "0");
    assertThat(imported(list, "openai", "gpt-audio")).containsEntry("audio_output", "80");
  }
}
