package dev.infermux.config.block;

import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Kind;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.MapOf;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inference.ServiceTier;
import dev.infermux.policy.pricing.DailyHours;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PriceVariants;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** One model's price in {@code pricing}. */
final class PriceBlock {

  private static final Set<String> TIERS =
      Set.of(ServiceTier.FLEX, ServiceTier.PRIORITY, ServiceTier.BATCH);
  private static final Key<Integer> ABOVE_TOKENS =
      Key.required(
          "above_tokens",
          Numbers.whole(1),
          "Prompt tokens after which these rates price the whole request.");
  private static final Kind<DailyHours.Span> SPAN =
      new Kind<>(
          "hours",
          DailyHours.EXPECTED,
          DailyHours::parse,
          DailyHours.Span::toString,
          new JsonObject().put("type", "string"),
          false,
          false);
  private static final Part HOURS =
      Part.required(
          "hours",
          new Shape.ListOf(new Shape.One(SPAN)),
          "When these rates count: hours of the day in UTC such as `01:00-04:00`.");

  private static final Block LONG = block(ABOVE_TOKENS);
  private static final Block AT_PEAK = block(HOURS);
  private static final Part LONG_CONTEXT =
      Part.of("long_context", LONG, "What long prompts pay; absent = the same.");
  private static final Part PEAK =
      Part.of("peak", AT_PEAK, "What certain hours cost; absent = the same all day.");
  private static final Part SERVICE_TIERS =
      Part.of(
          "service_tiers",
          new MapOf("service tier", RateKeys.BLOCK),
          "What `flex`, `priority` and `batch` cost; absent = estimated.");

  static final Block BLOCK = block(LONG_CONTEXT, PEAK, SERVICE_TIERS);

  private PriceBlock() {}

  private static Block block(Shape.Entry... more) {
    return Block.of(
        Stream.concat(RateKeys.BLOCK.entries().stream(), Stream.of(more))
            .toArray(Shape.Entry[]::new));
  }

  static ModelPrice read(Node node) {
    Fields fields = node.fields(BLOCK);
    PriceVariants variants = PriceVariants.NONE.withTiers(tiers(fields.at(SERVICE_TIERS)));
    Node longContext = fields.at(LONG_CONTEXT);
    if (!longContext.absent()) {
      Fields longer = longContext.fields(LONG);
      variants =
          variants.above(longer.need(ABOVE_TOKENS, Integer.MAX_VALUE), RateKeys.read(longer));
    }
    Node peak = fields.at(PEAK);
    if (!peak.absent()) {
      variants = variants.withPeak(peak(peak.fields(AT_PEAK)));
    }
    return RateKeys.read(fields).withVariants(variants);
  }

  private static PriceVariants.PeakPrice peak(Fields fields) {
    List<DailyHours.Span> spans = new ArrayList<>();
    Node hours = fields.at(HOURS);
    hours.items().forEach(item -> item.need(SPAN).ifPresent(spans::add));
    if (hours.absent() || (hours.isList() && hours.items().isEmpty())) {
      hours.wrong("a list of " + DailyHours.EXPECTED);
    }
    return new PriceVariants.PeakPrice(new DailyHours(spans), RateKeys.read(fields));
  }

  private static Map<String, ModelPrice> tiers(Node node) {
    Map<String, ModelPrice> tiers = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (name, rates) -> {
              if (!TIERS.contains(name)) {
                rates.wrong("flex, priority or batch as the key");
              }
              tiers.put(name, RateKeys.read(rates.fields(RateKeys.BLOCK)));
            });
    return tiers;
  }
}
