package dev.infermux.tokentrace.export;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a collector fails and once that it recovered, however many spans are at stake. */
final class OutageLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.tokentrace");

  /** A collector that comes and goes is not reported more often than this. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final String target;
  private final ExportCounters counters;
  private boolean complained;
  private boolean everComplained;
  private long complainedAt;
  private long droppedBefore;

  OutageLog(String target, ExportCounters counters) {
    this.target = target;
    this.counters = counters;
  }

  void fails(String problem, long nowNanos) {
    if (complained || (everComplained && nowNanos - complainedAt < QUIET_NANOS)) {
      return;
    }
    complained = true;
    everComplained = true;
    complainedAt = nowNanos;
    droppedBefore = counters.droppedInAll();
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
          counters.droppedInAll() - droppedBefore);
    }
  }
}
