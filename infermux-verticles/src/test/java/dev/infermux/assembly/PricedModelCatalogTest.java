package dev.infermux.assembly;

import static dev.infermux.policy.routing.selection.ModelOwnership.CLAIMED;
import static dev.infermux.policy.routing.selection.ModelOwnership.DOUBTFUL;
import static dev.infermux.policy.routing.selection.ModelOwnership.FOREIGN;
import static dev.infermux.policy.routing.selection.ModelOwnership.OPEN;
import static dev.infermux.provider.ProviderType.ANTHROPIC;
import static dev.infermux.provider.ProviderType.AZURE_OPENAI;
import static dev.infermux.provider.ProviderType.ECHO;
import static dev.infermux.provider.ProviderType.OLLAMA;
import static dev.infermux.provider.ProviderType.OPENAI;
import static dev.infermux.provider.ProviderType.PROGRAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PricingOptions;
import dev.infermux.policy.routing.selection.ModelOwnership;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricedModelCatalogTest {

  private static final String GPT = "gpt-4o";
  private static final String CLAUDE = "claude-opus-4-5";
  private static final String NOBODYS = "llama3.2";

  @Test
  void vendor_claims_its_models_and_leaves_those_of_others() {
    assertThat(place("main", OPENAI, GPT)).isEqualTo(CLAIMED);
    assertThat(place("main", OPENAI, "gpt-4o-2024-08-06")).isEqualTo(CLAIMED);
    assertThat(place("main", OPENAI, CLAUDE)).isEqualTo(FOREIGN);
    assertThat(place("main", ANTHROPIC, CLAUDE)).isEqualTo(CLAIMED);
    assertThat(place("main", ANTHROPIC, GPT)).isEqualTo(FOREIGN);
    assertThat(place("main", OLLAMA, GPT)).isEqualTo(FOREIGN);
  }

  @Test
  void model_that_nobody_is_known_to_sell_is_tried_where_nobody_claims_it() {
    assertThat(place("main", OPENAI, NOBODYS)).isEqualTo(DOUBTFUL);
    assertThat(place("main", ANTHROPIC, NOBODYS)).isEqualTo(DOUBTFUL);
    assertThat(place("main", OLLAMA, NOBODYS)).isEqualTo(OPEN);
  }

  @Test
  void address_of_its_own_may_serve_anything() {
    String url = "https://models.example/v1";

    assertThat(place("mine", OPENAI, url, GPT)).isEqualTo(CLAIMED);
    assertThat(place("mine", OPENAI, url, NOBODYS)).isEqualTo(OPEN);
    assertThat(place("mine", OPENAI, url, CLAUDE)).isEqualTo(DOUBTFUL);
  }

  @Test
  void name_or_host_says_whose_compatible_api_it_is() {
    String own = "llama-3.1-8b-instant";

    assertThat(place("groq", OPENAI, "https://proxy.example/v1", own)).isEqualTo(CLAIMED);
    assertThat(place("groq", OPENAI, "https://proxy.example/v1", GPT)).isEqualTo(FOREIGN);
    assertThat(place("eu", OPENAI, "https://api.groq.com/openai/v1", own)).isEqualTo(CLAIMED);
    assertThat(place("eu", OPENAI, "https://api.groq.com/openai/v1", GPT)).isEqualTo(FOREIGN);
    assertThat(place("openai", OPENAI, "https://proxy.example/v1", CLAUDE)).isEqualTo(FOREIGN);
    assertThat(place("deepseek", ANTHROPIC, "https://d.example", "deepseek-chat"))
        .isEqualTo(CLAIMED);
  }

  @Test
  void name_of_a_section_without_models_says_nothing() {
    String url = "http://localhost:11434/v1";

    assertThat(place("ollama", OPENAI, url, NOBODYS)).isEqualTo(OPEN);
    assertThat(place("echo", OPENAI, url, GPT)).isEqualTo(CLAIMED);
  }

  @Test
  void azure_sells_what_openai_does() {
    String url = "https://some.openai.azure.com";

    assertThat(place("az", AZURE_OPENAI, url, GPT)).isEqualTo(CLAIMED);
    assertThat(place("az", AZURE_OPENAI, url, "gpt-5.6-sol")).isEqualTo(CLAIMED);
    assertThat(place("az", AZURE_OPENAI, url, CLAUDE)).isEqualTo(FOREIGN);
  }

  @Test
  void echo_answers_for_no_real_model() {
    assertThat(place("echo", ECHO, GPT)).isEqualTo(FOREIGN);
    assertThat(place("echo", ECHO, NOBODYS)).isEqualTo(FOREIGN);
    assertThat(place("echo", ECHO, "echo-v1")).isEqualTo(CLAIMED);
  }

  @Test
  void what_a_program_adds_answers_for_any_model() {
    assertThat(place("mine", PROGRAM, GPT)).isEqualTo(OPEN);
  }

  @Test
  void configured_price_claims_a_model() {
    ModelPrice price = new ModelPrice(BigDecimal.ONE, BigDecimal.TEN);
    PricedModelCatalog vendors =
        vendors(
            ProviderOptions.of("main", OPENAI),
            new PricingOptions(Map.of("main", Map.of(CLAUDE, price))));

    assertThat(vendors.place("main", CLAUDE)).isEqualTo(CLAIMED);
    assertThat(vendors.price("main", CLAUDE).applyAsLong(1_000_000, 100_000))
        .isEqualTo(2_000_000_000);
  }

  @Test
  void price_follows_the_tier_of_the_prompt_and_is_the_highest_when_unknown() {
    PricedModelCatalog vendors =
        vendors(ProviderOptions.of("gemini", OPENAI), PricingOptions.defaults());

    long within = vendors.price("gemini", "gemini-2.5-pro").applyAsLong(200_000, 0);
    long beyond = vendors.price("gemini", "gemini-2.5-pro").applyAsLong(200_001, 0);

    assertThat(beyond).isGreaterThan(within * 19 / 10);
    assertThat(vendors.price("gemini", NOBODYS).applyAsLong(1_000, 1_000))
        .isEqualTo(Long.MAX_VALUE);
  }

  private static ModelOwnership place(String name, ProviderType type, String model) {
    return vendors(ProviderOptions.of(name, type), PricingOptions.defaults()).place(name, model);
  }

  private static ModelOwnership place(String name, ProviderType type, String url, String model) {
    ProviderOptions options = ProviderOptions.of(name, type).withBaseUrl(URI.create(url));
    return vendors(options, PricingOptions.defaults()).place(name, model);
  }

  private static PricedModelCatalog vendors(ProviderOptions provider, PricingOptions pricing) {
    return new PricedModelCatalog(List.of(provider), new PriceBook(ListPrices.builtIn(), pricing));
  }
}
