package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeWindowPropertyTest {

  private static final long STEP_NANOS = 1_000_000_000L;
  private static final long TOO_SLOW_NANOS = 800_000_000L;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** An outcome as the plain list remembers it; a negative latency is a failure. */
  private record Outcome(long step, long latencyNanos) {
    boolean failed() {
      return latencyNanos < 0;
    }
  }

  @Test
  void the_ring_agrees_with_a_plain_list_of_all_outcomes() {
    for (int run = 0; run < 300; run++) {
      CircuitOptions options = options();
      OutcomeWindow window = new OutcomeWindow(options, 0);
      List<Outcome> all = new ArrayList<>();
      double failing = random.nextDouble();
      long now = 0;
      for (int i = 0; i < 200; i++) {
        now += (long) (random.nextDouble() * pause());
        boolean fails = random.nextDouble() < failing;
        long latency = fails ? -1 : (long) (random.nextDouble() * 1.2 * TOO_SLOW_NANOS);
        all.add(new Outcome(now / STEP_NANOS, latency));

        CircuitReason reason = fails ? window.failed(now) : window.succeeded(now, latency);

        long oldest = now / STEP_NANOS - 59;
        List<Outcome> held = all.stream().filter(outcome -> outcome.step >= oldest).toList();
        assertThat(reason)
            .as("seed %d, run %d, outcome %d", seed, run, i)
            .isEqualTo(reason(held, options));
        assertThat(window.view(now, CircuitState.CLOSED, null, null).samples())
            .as("samples; seed %d, run %d, outcome %d", seed, run, i)
            .isEqualTo(held.size());
      }
    }
  }

  private CircuitOptions options() {
    return CircuitOptions.defaults()
        .withErrorRateThreshold(random.nextInt(11) / 10.0)
        .withConsecutiveFailures(1 + random.nextInt(20))
        .withMinRequests(1 + random.nextInt(30))
        .withLatencyP95(random.nextBoolean() ? Duration.ofNanos(TOO_SLOW_NANOS) : null);
  }

  /** Mostly within a second or two, now and then most of the window or far more. */
  private long pause() {
    return switch (random.nextInt(20)) {
      case 0 -> 70 * STEP_NANOS;
      case 1 -> 500 * STEP_NANOS;
      default -> 2 * STEP_NANOS;
    };
  }

  private static @Nullable CircuitReason reason(List<Outcome> held, CircuitOptions options) {
    long failed = held.stream().filter(Outcome::failed).count();
    if (held.size() >= options.minRequests()
        && (double) failed / held.size() > options.errorRateThreshold()) {
      return CircuitReason.ERROR_RATE;
    }
    int row = 0;
    while (row < held.size() && held.get(held.size() - 1 - row).failed()) {
      row++;
    }
    if (row >= options.consecutiveFailures()) {
      return CircuitReason.CONSECUTIVE_FAILURES;
    }
    long[] latencies =
        held.stream().filter(o -> !o.failed()).mapToLong(Outcome::latencyNanos).sorted().toArray();
    if (options.latencyP95() == null || latencies.length < options.minRequests()) {
      return null;
    }
    long p95 = latencies[(int) Math.ceil(latencies.length * 95 / 100.0) - 1];
    return p95 > TOO_SLOW_NANOS ? CircuitReason.LATENCY_P95 : null;
  }
}
