package dev.infermux.policy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.assembly.ListPrices;
import dev.infermux.provider.ProviderType;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class PriceTableTest {

  private final PriceTable table = ListPrices.builtIn();

  @Test
  void is_dated() {
    assertThat(table.asOf()).isAfter(LocalDate.of(2026, 1, 1));
  }

  @Test
  void every_type_that_a_file_may_name_has_a_section_but_the_mock() {
    for (ProviderType type : ProviderType.values()) {
      assertThat(table.sections().containsKey(type.wireName()))
          .as(type.wireName())
          .isEqualTo(type != ProviderType.MOCK && type != ProviderType.PROGRAM);
    }
  }

  @Test
  void every_vendor_we_know_is_there() {
    assertThat(table.sections().keySet())
        .contains("groq", "together", "mistral", "gemini", "deepseek", "xai");
  }

  @Test
  void a_row_without_cache_rates_charges_the_input_rate() {
    Price price = table.sections().get("openai").find("gpt-4");

    assertThat(price.base())
        .isEqualTo(
            Rates.of(
                30_000_000_000L,
                30_000_000_000L,
                30_000_000_000L,
                30_000_000_000L,
                60_000_000_000L));
    assertThat(price.longContext()).isSameAs(price.base());
  }

  @Test
  void the_newest_snapshot_stands_for_a_family_without_a_row() {
    PriceSection mistral = table.sections().get("mistral");

    assertThat(mistral.find("mistral-medium")).isSameAs(mistral.find("mistral-medium-latest"));
    assertThat(mistral.find("mistral-medium-2508")).isNotEqualTo(mistral.find("mistral-medium"));
  }
}
