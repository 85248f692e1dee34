package dev.infermux.simulation;

import dev.infermux.inference.FailureClass;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PriceTable;
import dev.infermux.policy.pricing.PricingOptions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The providers of the simulated hour, in declared order. */
final class Fleet {

  static final Duration OUTAGE_FROM = Duration.ofMinutes(20);
  static final Duration OUTAGE_TO = OUTAGE_FROM.plusSeconds(60);

  private static final Duration FLAP = Duration.ofMinutes(4);
  private static final Duration FLAP_UP = Duration.ofSeconds(150);

  static final String MODEL = "m";

  /** Another model of the same providers at the same price. */
  static final String OTHER = "n";

  static final String PRIMARY = "primary";
  static final String FLAPPING = "flapping";

  static final List<Script> SCRIPTS =
      List.of(
          Script.steady(PRIMARY, 500, 2.50, 10).down(FailureClass.SILENCE, Fleet::outage),
          Script.steady(FLAPPING, 400, 2, 8).down(FailureClass.SERVER_ERROR, Fleet::flapDown),
          Script.steady("cheap", 1_100, 0.15, 0.60).limitedTo(120),
          Script.steady("slow", 4_000, 1, 4),
          Script.steady("dear", 700, 15, 75));

  private Fleet() {}

  static Script script(String provider) {
    return SCRIPTS.stream()
        .filter(script -> script.name().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  /** The prices of the scripts, as a configuration sets them. */
  static PriceBook prices() {
    return new PriceBook(
        new PriceTable(LocalDate.EPOCH, Map.of()),
        PricingOptions.defaults()
            .withOverrides(
                SCRIPTS.stream()
                    .collect(
                        Collectors.toMap(
                            Script::name,
                            script -> Map.of(MODEL, script.price(), OTHER, script.price())))));
  }

  private static boolean outage(Duration moment) {
    return moment.compareTo(OUTAGE_FROM) >= 0 && moment.compareTo(OUTAGE_TO) < 0;
  }

  /** Up for two and a half minutes, down for one and a half. */
  private static boolean flapDown(Duration moment) {
    return moment.toMillis() % FLAP.toMillis() >= FLAP_UP.toMillis();
  }
}
