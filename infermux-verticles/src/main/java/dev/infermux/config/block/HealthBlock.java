package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.policy.health.HealthMode;
import dev.infermux.policy.health.HealthOptions;
import java.time.Duration;
import java.util.List;

/** {@code health_check} of a provider. */
public final class HealthBlock {
  private static final HealthOptions DEFAULTS = HealthOptions.defaults();

  private static final Key<Duration> INTERVAL =
      Key.of("interval", Durations.positive(), DEFAULTS.interval(), "Time between two probes.");
  private static final Key<Duration> TIMEOUT =
      Key.of("timeout", Durations.positive(), DEFAULTS.timeout(), "How long a probe may take.");
  private static final Key<Boolean> DISABLED =
      Key.of(
          "disabled",
          Texts.flag(),
          DEFAULTS.disabled(),
          "Whether the provider is never probed and counts as healthy.");
  private static final Key<HealthMode> MODE =
      Key.of(
          "mode",
          Choices.of(List.of(HealthMode.values()), HealthMode::wireName),
          DEFAULTS.mode(),
          "Asks for the list of models, which is free, or for an answer of one token.");

  public static final Block BLOCK = Block.of(INTERVAL, TIMEOUT, DISABLED, MODE);

  private HealthBlock() {}

  public static HealthOptions read(Fields fields) {
    return new HealthOptions(
        fields.get(INTERVAL), fields.get(TIMEOUT), fields.get(DISABLED), fields.get(MODE));
  }
}
