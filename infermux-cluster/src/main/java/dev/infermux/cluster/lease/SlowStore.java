package dev.infermux.cluster.lease;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log that the store answers, but takes long, and when it does not any more. */
final class SlowStore {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");
  private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

  /** So many seconds without a slow answer. */
  private static final int CALM = 60;

  private boolean told;
  private int seconds;

  void answered(long nanos) {
    if (nanos < SLOW_NANOS) {
      return;
    }
    seconds = 0;
    if (!told) {
      told = true;
      LOG.warn(
          "budgets.shared: the database took {} s for a step (expected: milliseconds): calls go on"
              + " with what this node is authorised to spend, and those that need more are refused",
          String.format(Locale.ROOT, "%.1f", nanos / 1e9));
    }
  }

  /** Once a second. */
  void tick() {
    if (told && ++seconds >= CALM) {
      told = false;
      LOG.warn("budgets.shared: the database answers in time again");
    }
  }
}
