package dev.infermux.policy.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.assembly.ListPrices;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceBookTest {

  private final PriceBook book = new PriceBook(ListPrices.builtIn(), PricingOptions.defaults());

  /** Worked out by hand from the list prices, in nano-dollars. */
  @ParameterizedTest(name = "{0} {1}: {2}+{3}r+{4}w+{5}h in, {6} out")
  @CsvSource({
    // type, model, input, cache read, 5 min write, 1 h write, output, nano-dollars
    "openai, gpt-4o, 1000, 0, 0, 0, 500, 7500000",
    "openai, gpt-4o, 1, 0, 0, 0, 0, 2500",
    "openai, gpt-4o, 0, 0, 0, 0, 0, 0",
    "openai, gpt-4o, 200, 800, 0, 0, 100, 2500000",
    "openai, gpt-4o-2024-08-06, 1000, 0, 0, 0, 500, 7500000",
    "openai, gpt-4o-2024-05-13, 1000, 0, 0, 0, 500, 12500000",
    "openai, gpt-4o-mini, 1000, 0, 0, 0, 500, 450000",
    "openai, gpt-4o-mini-2024-07-18, 7, 0, 0, 0, 3, 2850",
    "openai, gpt-4-0613, 1000, 0, 0, 0, 500, 60000000",
    "openai, gpt-4-turbo-2024-04-09, 1000, 0, 0, 0, 500, 25000000",
    "openai, gpt-4.1-nano, 3, 1, 0, 0, 1, 725",
    "openai, gpt-5-nano, 1, 1, 0, 0, 0, 55",
    "openai, gpt-6-sol, 100, 200, 400, 0, 50, 1740000",
    "openai, gpt-5.5, 272000, 0, 0, 0, 1000, 1390000000",
    "openai, gpt-5.5, 272001, 0, 0, 0, 1000, 2765010000",
    "openai, gpt-5.5, 2001, 270000, 0, 0, 1000, 335010000",
    "openai, text-embedding-3-small, 123, 0, 0, 0, 0, 2460",
    "anthropic, claude-opus-4-5, 1000, 0, 0, 0, 500, 17500000",
    "anthropic, claude-opus-4-5-20251101, 1000, 0, 0, 0, 500, 17500000",
    "anthropic, claude-sonnet-4-5, 10, 1000, 100, 100, 20, 1605000",
    "anthropic, claude-sonnet-4-5@20250929, 10, 199990, 0, 0, 20, 60327000",
    "anthropic, claude-sonnet-4-5, 10, 199990, 1, 0, 20, 120511500",
    "anthropic, claude-3-5-haiku-latest, 1000, 0, 0, 0, 500, 2800000",
    "anthropic, claude-haiku-4-5, 1, 3, 0, 0, 1, 6300",
    "anthropic, claude-haiku-5-5, 60000, 30000, 5000, 5001, 100, 39876000",
    "azure_openai, gpt-4o-mini, 1000, 0, 0, 0, 500, 450000",
    "azure_openai, gpt-35-turbo, 1000, 0, 0, 0, 500, 1250000",
    "ollama, llama3.2:3b, 100000, 0, 0, 0, 5000, 0",
    "echo, echo-v1, 2, 0, 0, 0, 1, 30000",
    "echo, anything, 0, 0, 0, 0, 1, 10000",
  })
  void charges_the_list_price(
      String type, String model, long in, long read, long write, long hour, long out, long nanos) {
    Usage usage = new Usage(in, read, write, hour, out, 0, false, Usage.Terms.STANDARD);

    Cost cost = book.cost("main", type, model, usage);

    assertThat(cost.amount()).isEqualTo(new Usd(nanos));
    assertThat(cost.status()).isEqualTo(CostStatus.EXACT);
  }

  @Test
  void rounds_the_total_once_and_half_up() {
    PriceBook odd = book(Map.of("p", Map.of("m", price("0.0005", "0.0002"))));

    assertThat(odd.cost("p", "openai", "m", Usage.reported(1, 0)).amount()).isEqualTo(new Usd(1));
    assertThat(odd.cost("p", "openai", "m", Usage.reported(0, 2)).amount()).isEqualTo(new Usd(0));
    assertThat(odd.cost("p", "openai", "m", Usage.reported(0, 2499)).amount())
        .isEqualTo(new Usd(500));
    assertThat(odd.cost("p", "openai", "m", Usage.reported(2, 2)).amount()).isEqualTo(new Usd(1));
  }

  @Test
  void names_the_unit_prices_of_the_tier_that_applied() {
    Cost ordinary = book.cost("o", "openai", "gpt-5.4", Usage.reported(272_000, 1));
    Cost longer = book.cost("o", "openai", "gpt-5.4", Usage.reported(272_001, 1));

    assertThat(ordinary.inputPerMillion().toDecimal()).isEqualTo("2.5");
    assertThat(ordinary.outputPerMillion().toDecimal()).isEqualTo("15");
    assertThat(longer.inputPerMillion().toDecimal()).isEqualTo("5");
    assertThat(longer.outputPerMillion().toDecimal()).isEqualTo("22.5");
  }

  @Test
  void guessed_tokens_make_an_estimate() {
    Cost cost = book.cost("o", "openai", "gpt-4o", Usage.estimated(400, 40));

    assertThat(cost.status()).isEqualTo(CostStatus.ESTIMATED);
    assertThat(cost.amount().toDecimal()).isEqualTo("0.00035");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o-nano",
    "openai, gpt-4o-transcribe",
    "openai, gpt-4o-mini-realtime-preview-2024-12-17",
    "openai, ft:gpt-4o-nano:acme::x",
    "openai, GPT-4O",
    "openai, ''",
    "openai, llama3",
    "anthropic, gpt-4o",
    "anthropic, claude-opus-4",
    "mock, gpt-4o",
  })
  void a_sibling_is_not_the_family(String type, String model) {
    assertThat(book.cost("main", type, model, Usage.reported(1000, 500))).isSameAs(Cost.UNPRICED);
  }

  @Test
  void a_compatible_api_is_priced_by_its_name() {
    Usage usage = Usage.reported(1_000_000, 0);

    assertThat(book.cost("groq", "openai", "openai/gpt-oss-20b", usage).amount().toDecimal())
        .isEqualTo("0.075");
    assertThat(book.cost("together", "openai", "openai/gpt-oss-20b", usage).amount().toDecimal())
        .isEqualTo("0.05");
    assertThat(book.cost("groq", "openai", "gpt-4o", usage)).isSameAs(Cost.UNPRICED);
  }

  @Test
  void a_local_provider_named_like_a_vendor_stays_free() {
    assertThat(book.cost("mistral", "ollama", "mistral-large-latest", Usage.reported(9, 9)))
        .extracting(Cost::amount, Cost::status)
        .containsExactly(Usd.ZERO, CostStatus.EXACT);
  }

  @Test
  void the_providers_own_override_comes_before_its_types_and_the_built_in_price() {
    PriceBook overridden =
        book(
            Map.of(
                "eu", Map.of("gpt-4o", price("3", "12")),
                "openai", Map.of("gpt-4o", price("2", "8"), "gpt-4o-mini", price("1", "1"))));
    Usage million = Usage.reported(1_000_000, 0);

    assertThat(dollars(overridden, "eu", "gpt-4o", million)).isEqualTo("3");
    assertThat(dollars(overridden, "eu", "gpt-4o-2024-08-06", million)).isEqualTo("3");
    assertThat(dollars(overridden, "us", "gpt-4o", million)).isEqualTo("2");
    assertThat(dollars(overridden, "eu", "gpt-4o-mini", million)).isEqualTo("1");
    assertThat(dollars(overridden, "eu", "gpt-4.1", million)).isEqualTo("2");
  }

  @Test
  void an_override_charges_cached_tokens_its_own_rate_or_the_input_rate() {
    Usage cached = new Usage(0, 1_000_000, 0, 0, 0, 0, false, Usage.Terms.STANDARD);
    ModelPrice whole =
        new ModelPrice(
            new BigDecimal("2"),
            new BigDecimal("8"),
            new BigDecimal("0.5"),
            new BigDecimal("3"),
            null);
    PriceBook overridden =
        book(Map.of("p", Map.of("plain", price("2", "8"), "whole", whole, "*", price("7", "7"))));

    assertThat(dollars(overridden, "p", "plain", cached)).isEqualTo("2");
    assertThat(dollars(overridden, "p", "whole", cached)).isEqualTo("0.5");
    assertThat(dollars(overridden, "p", "else", cached)).isEqualTo("7");
  }

  @Test
  void an_override_charges_an_hour_in_the_cache_its_own_rate_or_that_of_other_writes() {
    Usage written = new Usage(0, 0, 0, 1_000_000, 0, 0, false, Usage.Terms.STANDARD);
    BigDecimal two = new BigDecimal("2");
    BigDecimal three = new BigDecimal("3");
    ModelPrice hour = new ModelPrice(two, two, null, three, new BigDecimal("4"));
    ModelPrice short5m = new ModelPrice(two, two, null, three, null);
    PriceBook overridden =
        book(Map.of("p", Map.of("hour", hour, "short", short5m, "plain", price("2", "2"))));

    assertThat(dollars(overridden, "p", "hour", written)).isEqualTo("4");
    assertThat(dollars(overridden, "p", "short", written)).isEqualTo("3");
    assertThat(dollars(overridden, "p", "plain", written)).isEqualTo("2");
  }

  @Test
  void one_name_with_another_type_gets_the_other_types_price() {
    assertThat(dollars(book, "x", "gpt-4o", Usage.reported(1_000_000, 0))).isEqualTo("2.5");
    assertThat(book.cost("x", "ollama", "gpt-4o", Usage.reported(1_000_000, 0)).amount())
        .isEqualTo(Usd.ZERO);
  }

  @Test
  void tells_once_of_each_model_without_a_price() {
    List<String> told = new ArrayList<>();
    PriceBook telling =
        new PriceBook(
            ListPrices.builtIn(),
            PricingOptions.defaults(),
            provider -> "",
            (provider, model) -> told.add(provider + model),
            InstantSource.fixed(Instant.EPOCH));

    for (int i = 0; i < 3; i++) {
      telling.cost("a", "openai", "x", Usage.NONE);
      telling.cost("b", "openai", "x", Usage.NONE);
      telling.cost("b", "openai", "gpt-4o", Usage.NONE);
    }

    assertThat(told).containsExactly("ax", "bx");
    assertThat(telling.unpricedModels()).isEqualTo(2);
  }

  @Test
  void invented_model_names_do_not_grow_memory_or_the_log() {
    List<String> told = new ArrayList<>();
    PriceBook telling =
        new PriceBook(
            ListPrices.builtIn(),
            PricingOptions.defaults(),
            provider -> "",
            (provider, model) -> told.add(model),
            InstantSource.fixed(Instant.EPOCH));

    for (int i = 0; i < 30_000; i++) {
      telling.cost("a", "openai", "invented-" + i, Usage.NONE);
    }

    assertThat(told).hasSize(1000);
    assertThat(telling.unpricedModels()).isEqualTo(1000);
    assertThat(dollars(telling, "a", "gpt-4o", Usage.reported(1_000_000, 0))).isEqualTo("2.5");
  }

  private static String dollars(PriceBook book, String provider, String model, Usage usage) {
    return book.cost(provider, "openai", model, usage).amount().toDecimal();
  }

  private static PriceBook book(Map<String, Map<String, ModelPrice>> overrides) {
    return new PriceBook(ListPrices.builtIn(), new PricingOptions(overrides));
  }

  private static ModelPrice price(String input, String output) {
    return new ModelPrice(new BigDecimal(input), new BigDecimal(output));
  }

  @ParameterizedTest
  @CsvSource({
    "ft:gpt-4o-2024-08-06:acme::a1b2, 3.75",
    "ft:gpt-4o-mini-2024-07-18:acme:bot:x, 0.3",
    "ft:gpt-4.1-2025-04-14:acme::z, 3",
    "gpt-4o-2024-05-13, 5",
    "gpt-4o-2024-11-20, 2.5",
    "gpt-5.6-luna-2026-07-09, 0.2"
  })
  void fine_tuned_and_dated_models_find_their_own_rates(String model, String input) {
    assertThat(inputPrice(book, "any", "openai", model)).isEqualByComparingTo(input);
  }

  @ParameterizedTest
  @CsvSource({
    "openai/gpt-4o-mini, 0.15",
    "anthropic/claude-haiku-4-5, 1",
    "google/gemini-2.5-flash, 0.3",
    "x-ai/grok-4.6, 2"
  })
  void an_aggregators_name_finds_its_vendors_price(String model, String input) {
    assertThat(inputPrice(book, "openrouter", "openai", model)).isEqualByComparingTo(input);
  }

  @ParameterizedTest
  @CsvSource({
    "one, api.groq.com, openai/gpt-oss-120b, 0.15",
    "one, api.x.ai, grok-4.6, 2",
    "one, generativelanguage.googleapis.com, gemini-2.5-flash, 0.3",
    "mistral, gateway.example.com, mistral-small-latest, 0.15",
    "two, api.mistral.ai, mistral-small-latest, 0.15"
  })
  void the_vendor_is_found_by_name_or_host(String name, String host, String model, String input) {
    PriceBook hosted =
        new PriceBook(
            ListPrices.builtIn(),
            PricingOptions.defaults(),
            any -> host,
            (any, other) -> {},
            InstantSource.fixed(Instant.EPOCH));

    assertThat(inputPrice(hosted, name, "openai", model)).isEqualByComparingTo(input);
  }

  private static BigDecimal inputPrice(PriceBook book, String name, String type, String model) {
    Cost cost = book.cost(name, type, model, Usage.reported(100_000, 0));
    return new BigDecimal(cost.amount().toDecimal()).movePointRight(1);
  }

  @Test
  void a_price_without_rates_for_every_kind_of_token_gives_an_estimate() {
    ListPrice partial = new ListPrice(new ModelPrice(BigDecimal.ONE, BigDecimal.ONE), 0, true);
    PriceTable table = new PriceTable(LocalDate.EPOCH, Map.of("openai", Map.of("m", partial)));

    Cost cost =
        new PriceBook(table, PricingOptions.defaults())
            .cost("any", "openai", "m", Usage.reported(1_000, 10));

    assertThat(cost.status()).isEqualTo(CostStatus.ESTIMATED);
  }

  @Test
  void sound_has_rates_of_its_own() {
    Usage spoken = Usage.reported(1_000, 100).withTerms(new Usage.Terms("", 400, 60, -1));

    Cost cost = book.cost("any", "openai", "gpt-audio", spoken);

    // 600 * 2.5 + 400 * 32 + 40 * 10 + 60 * 64 millionths of a dollar
    assertThat(cost.amount().toDecimal()).isEqualTo("0.01854");
    assertThat(cost.status()).isEqualTo(CostStatus.EXACT);
    assertThat(book.cost("any", "openai", "gpt-audio", Usage.reported(1_000, 100)).amount())
        .isEqualTo(Usd.of(new BigDecimal("0.0035")));
  }

  @Test
  void sound_that_a_cache_had_a_part_in_has_no_known_rate() {
    Usage cached = new Usage(100, 900, 0, 0, 10, 0, false, new Usage.Terms("", 500, 0, -1));

    assertThat(book.cost("any", "openai", "gpt-audio", cached).status())
        .isEqualTo(CostStatus.ESTIMATED);
  }

  @Test
  void sound_is_within_what_is_reserved() {
    PriceBound text = book.bound("any", "openai", "gpt-audio", AskedPrice.text(1_000));
    PriceBound bound = book.bound("any", "openai", "gpt-audio", new AskedPrice(1_000, "", true));

    assertThat(text.inputPerMillion().toDecimal()).isEqualTo("2.5");
    assertThat(bound.inputPerMillion().toDecimal()).isEqualTo("32");
    assertThat(bound.outputPerMillion().toDecimal()).isEqualTo("64");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T00:59:59.999Z, 0.15", "2026-11-27T01:00:00Z, 0.3", "2026-11-27T03:59:59.999Z, 0.3",
    "2026-11-27T04:00:00Z, 0.15", "2026-11-27T09:30:00Z, 0.3", "2026-11-27T10:00:00Z, 0.15"
  })
  void certain_hours_have_a_price_of_their_own(String now, String input) {
    PriceBook then =
        new PriceBook(
            ListPrices.builtIn(),
            PricingOptions.defaults(),
            any -> "api.deepseek.com",
            (any, other) -> {},
            InstantSource.fixed(Instant.parse(now)));

    assertThat(inputPrice(then, "x", "openai", "deepseek-v4-flash")).isEqualByComparingTo(input);
    assertThat(then.forecast("x", "openai", "deepseek-v4-flash").applyAsLong(1_000_000, 0))
        .isEqualTo(Usd.of(new BigDecimal(input)).nanos());
    assertThat(
            then.bound("x", "openai", "deepseek-v4-flash", AskedPrice.text(10))
                .inputPerMillion()
                .toDecimal())
        .as("a call may end in the dear hours")
        .isEqualTo("0.3");
  }

  @ParameterizedTest
  @CsvSource({"22:00-06:00, 23:30, true", "22:00-06:00, 06:00, false", "16:30-24:00, 23:59, true"})
  void hours_may_go_on_after_midnight(String hours, String now, boolean within) {
    DailyHours daily = new DailyHours(List.of(DailyHours.parse(hours).orElseThrow()));

    assertThat(daily.cover(Instant.parse("2026-11-27T" + now + ":00Z").toEpochMilli()))
        .isEqualTo(within);
    assertThat(daily.spans().get(0)).hasToString(hours);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1:00-2:00", "25:00-26:00", "10:00-24:30", "10:00-10:00", "10-12"})
  void what_are_no_hours_is_refused(String text) {
    assertThat(DailyHours.parse(text)).isEmpty();
  }
}
