package dev.infermux.tokentrace.export;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a collector fails and once that it recovered, however many spans are at stake. */
final class Voice {
  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.tokentrace");

  /** A collector that comes and goes is not reported more often than this. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String target;
  private final Tally tally;
  private boolean complained;
  private boolean everComplained;
  private long complainedAt;
  private long droppedBefore;

  Voice(String target, Tally tally) {
    this.target = target;
    this.tally = tally;
  }

  void fails(String problem, long nowNanos) {
    if (complained || (everComplained && nowNanos - complainedAt < QUIET_NANOS)) {
      return;
    }
    complained = true;
    everComplained = true;
    complainedAt = nowNanos;
    droppedBefore = tally.droppedInAll();
    LOG.warn(
        "{} does not take spans: {}; requests are not affected, what is dropped is counted",
        target,
        problem);
  }

  void works() {
    if (complained) {
      complained = false;
      LOG.info(
          "{} takes spans again; dropped meanwhile: {}",
          target,
          tally.droppedInAll() - droppedBefore);
    }
  }
}
