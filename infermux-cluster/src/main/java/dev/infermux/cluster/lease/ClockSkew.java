package dev.infermux.cluster.lease;

import dev.infermux.cluster.lease.LeaseStore.Greeting;
import dev.infermux.cluster.lease.StoreException.Kind;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By how much this machine's clock and the store's differ, and what follows from it. */
final class ClockSkew {

  private static final Logger LOG = LoggerFactory.getLogger("infermux.budget");
  private static final long LONGEST_MILLIS = Duration.ofHours(1).toMillis();
  private static final long TOLD_MILLIS = Duration.ofSeconds(30).toMillis();

  private long told;

  /** Whether no process may start with it. */
  static boolean tooLarge(Greeting greeting) {
    return Math.abs(greeting.skewMillis()) > LONGEST_MILLIS;
  }

  /** Nothing is spent by a clock that has never been right, be the store late to say so. */
  static StoreException refusal(Greeting greeting) {
    return new StoreException(
        Kind.REFUSED, words(greeting) + " (expected: at most one hour apart)");
  }

  private static String words(Greeting greeting) {
    return "this machine's clock is "
        + Math.abs(greeting.skewMillis()) / 1000
        + (greeting.skewMillis() > 0 ? " s ahead of" : " s behind")
        + " the database's";
  }

  /** Says it in the log, once for each size of it. */
  void heed(Greeting greeting) {
    long skew = greeting.skewMillis();
    if (Math.abs(skew) <= TOLD_MILLIS) {
      if (told != 0) {
        LOG.warn("this machine's clock and the database's agree again");
      }
      told = 0;
    } else if (told == 0 || Math.abs(skew - told) > TOLD_MILLIS) {
      told = skew;
      LOG.warn(
          "{} (expected: at most {} s apart): calls near the turn of a month stand in the wrong"
              + " one",
          words(greeting),
          TOLD_MILLIS / 1000);
    }
  }
}
