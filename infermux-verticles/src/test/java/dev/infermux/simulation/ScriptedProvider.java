package dev.infermux.simulation;

import dev.infermux.inference.FailureClass;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Plays a script. */
final class ScriptedProvider {

  private static final Duration TO_FAIL = Duration.ofMillis(30);

  /** The provider's {@code timeout} in the gateway's configuration. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int MINUTE_MILLIS = 60_000;

  private final Script script;
  private final SplittableRandom random;
  private long minute;
  private int calls;

  ScriptedProvider(Script script, SplittableRandom random) {
    this.script = script;
    this.random = random;
  }

  /**
   * What comes back.
   *
   * @param after how long it takes
   * @param failure null for a good answer
   * @param retryAfter what a 429 asks for
   */
  record Reply(Duration after, @Nullable FailureClass failure, @Nullable Duration retryAfter) {}

  Script script() {
    return script;
  }

  Reply call(Duration moment) {
    if (script.down().test(moment)) {
      boolean silent = script.failure() == FailureClass.SILENCE;
      return new Reply(silent ? TIMEOUT : TO_FAIL, script.failure(), null);
    }
    if (overLimit(moment)) {
      Duration rest = Duration.ofMillis(MINUTE_MILLIS - moment.toMillis() % MINUTE_MILLIS);
      return new Reply(TO_FAIL, FailureClass.RATE_LIMITED, rest);
    }
    double factor = 0.7 + 0.6 * random.nextDouble();
    return new Reply(Duration.ofNanos((long) (script.latency().toNanos() * factor)), null, null);
  }

  private boolean overLimit(Duration moment) {
    long now = moment.toMillis() / MINUTE_MILLIS;
    calls = now == minute ? calls + 1 : 1;
    minute = now;
    return calls > script.perMinute();
  }
}
