package dev.infermux;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.policy.ceiling.Ceiling;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.routing.Latency;
import dev.infermux.standing.Circuits;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;

/** Makes the standings of the configured providers. */
final class StandingsOf {

  private StandingsOf() {}

  static Standings config(Config config, Circuits circuits) {
    return new Standings(
        config.providers().stream().map(entry -> standing(config, circuits, entry)).toList());
  }

  private static Standing standing(Config config, Circuits circuits, ProviderEntry entry) {
    String name = entry.options().name();
    return new Standing(
        name,
        circuits.circuit(name, entry.circuit()),
        new Ceiling(entry.ceiling(), System::nanoTime),
        new Health(),
        new Latency(config.routing().leastLatency()));
  }
}
