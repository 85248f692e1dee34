package dev.infermux.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the golden set under {@code golden/usage}: what a provider sent, the buckets that are
 * in it, and what they cost by the list, with the arithmetic written out.
 *
 * @param dialect null = OpenAI's
 * @param type the provider's
 * @param override a configured price, in USD per million tokens
 * @param answer a whole answer, as a tree or as text
 * @param chunks a stream's events
 * @param usages the reports of a dialect that has no reader yet
 * @param recorded a file under {@code wire}, in place of the three
 * @param arithmetic tokens times USD per million tokens
 */
public record GoldenUsage(
    String name,
    @Nullable String note,
    @Nullable String dialect,
    String provider,
    String type,
    String model,
    String operation,
    @Nullable Map<String, BigDecimal> override,
    @Nullable JsonNode answer,
    @Nullable List<JsonNode> chunks,
    @Nullable List<JsonNode> usages,
    @Nullable String recorded,
    Buckets buckets,
    String arithmetic,
    BigDecimal usd,
    String status) {

  private static final List<String> FILES =
      List.of("openai", "tiers", "relatives", "odd", "streams", "recorded", "anthropic");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** The counts that are in a payload. */
  public record Buckets(
      long input,
      long cacheRead,
      @JsonProperty("cache_write_5m") long cacheWrite5m,
      @JsonProperty("cache_write_1h") long cacheWrite1h,
      long output,
      long reasoning) {

    public Usage usage() {
      return new Usage(
          input,
          cacheRead,
          cacheWrite5m,
          cacheWrite1h,
          output,
          reasoning,
          false,
          Usage.Terms.STANDARD);
    }
  }

  public static Stream<GoldenUsage> all() {
    return FILES.stream().flatMap(GoldenUsage::file);
  }

  private static Stream<GoldenUsage> file(String name) {
    try (InputStream in =
        GoldenUsage.class.getResourceAsStream("/golden/usage/" + name + ".json")) {
      return Stream.of(MAPPER.readValue(in, GoldenUsage[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean streamed() {
    return chunks != null || (recorded != null && !recorded.endsWith(".json"));
  }

  public boolean whole() {
    return answer != null || (recorded != null && recorded.endsWith(".json"));
  }

  public Operation asked() {
    return Operation.valueOf(operation.toUpperCase(Locale.ROOT));
  }

  public byte[] body() {
    if (recorded != null) {
      return Wire.bytes(recorded).getBytes();
    }
    String text = answer.isTextual() ? answer.textValue() : answer.toString();
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** The payloads of a stream, its end included. */
  public List<String> events() {
    if (recorded != null && recorded.endsWith(".sse")) {
      return Wire.lines(recorded).stream().map(line -> line.substring("data: ".length())).toList();
    }
    List<String> events = new ArrayList<>();
    if (recorded != null) {
      events.addAll(Wire.lines(recorded));
    } else {
      chunks.forEach(chunk -> events.add(chunk.toString()));
    }
    events.add("[DONE]");
    return events;
  }

  public PricingOptions pricing() {
    if (override == null) {
      return PricingOptions.defaults();
    }
    ModelPrice price =
        new ModelPrice(
            override.get("input"),
            override.get("output"),
            override.get("cache_read"),
            override.get("cache_write"),
            null);
    return new PricingOptions(Map.of(provider, Map.of(model, price)));
  }

  @Override
  public String toString() {
    return name;
  }
}
