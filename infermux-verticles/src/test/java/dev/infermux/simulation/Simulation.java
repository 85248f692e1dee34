package dev.infermux.simulation;

import dev.infermux.testing.VirtualTime;
import java.time.Duration;
import java.util.SplittableRandom;

/** An hour of calls at random moments, the same for every setup. */
final class Simulation {

  static final Duration LENGTH = Duration.ofHours(1);
  static final int CALLS_PER_SECOND = 5;

  private static final long SEED = 20_260_101;

  private final VirtualTime time = new VirtualTime();
  private final SplittableRandom traffic = new SplittableRandom(SEED);
  private final SimulatedRouter router;

  private Simulation(Setup setup) {
    this.router =
        new SimulatedRouter(time, setup, new SplittableRandom(SEED + 1), ProviderFacts.NONE);
  }

  /** The router after its hour. */
  static SimulatedRouter run(Setup setup) {
    Simulation simulation = new Simulation(setup);
    simulation.nextCall();
    simulation.time.pass(LENGTH.plusMinutes(1));
    return simulation.router;
  }

  private void nextCall() {
    // StrictMath: the same hour on every machine.
    double seconds = -StrictMath.log(1 - traffic.nextDouble()) / CALLS_PER_SECOND;
    long promptTokens = 200 + traffic.nextInt(1_600);
    long completionTokens = 50 + traffic.nextInt(500);
    Duration wait = Duration.ofNanos((long) (seconds * 1e9));
    if (time.elapsed().plus(wait).compareTo(LENGTH) < 0) {
      time.after(wait, () -> call(promptTokens, completionTokens));
    }
  }

  private void call(long promptTokens, long completionTokens) {
    router.call(promptTokens, completionTokens);
    nextCall();
  }
}
