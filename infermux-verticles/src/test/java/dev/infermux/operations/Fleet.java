package dev.infermux.operations;

import dev.infermux.policy.ceiling.Ceiling;
import dev.infermux.policy.ceiling.CeilingOptions;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.health.Health;
import dev.infermux.policy.routing.Latency;
import dev.infermux.policy.routing.LeastLatencyOptions;
import dev.infermux.standing.Standing;
import dev.infermux.standing.Standings;
import dev.infermux.standing.circuit.Circuit;
import dev.infermux.standing.circuit.Circuits;
import dev.infermux.testing.VirtualTime;
import dev.infermux.testing.VirtualVertx;
import java.util.List;

/** Two providers in virtual time: {@code alpha} has a ceiling of 7 requests, {@code beta} none. */
public final class Fleet {

  final VirtualTime time = new VirtualTime();
  final Circuit alphaCircuit = circuit("alpha");
  final Circuit betaCircuit = circuit("beta");
  final Health alphaHealth = new Health();
  final Health betaHealth = new Health();
  final Latency alphaLatency = new Latency(LeastLatencyOptions.defaults());
  public final Standings standings =
      new Standings(
          List.of(
              new Standing(
                  "alpha",
                  alphaCircuit,
                  ceiling(CeilingOptions.unlimited().withRequestsPerMinute(7)),
                  alphaHealth,
                  alphaLatency),
              new Standing(
                  "beta",
                  betaCircuit,
                  ceiling(CeilingOptions.unlimited()),
                  betaHealth,
                  new Latency(LeastLatencyOptions.defaults()))));

  /** Opens a circuit and lets its recovery window of 30 s pass. */
  void halfOpen(Circuit circuit) {
    circuit.open();
    time.pass(CircuitOptions.defaults().recoveryWindow());
  }

  private Circuit circuit(String provider) {
    return new Circuits(VirtualVertx.in(time), time, time, change -> {})
        .circuit(provider, CircuitOptions.defaults());
  }

  private Ceiling ceiling(CeilingOptions options) {
    return new Ceiling(options, time);
  }
}
