package dev.infermux.events.metrics;

import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.spi.CallListener;
import dev.infermux.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls that finished in the last minute, and each provider's attempts among them, for
 * people who look at the gateway. Thread-safe.
 */
public final class RecentCalls implements CallListener {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Ticker ticker;
  private final long startedNanos;
  private final LongAdder total = new LongAdder();
  private final RollingMinute calls = new RollingMinute();
  private final RollingMinute errors = new RollingMinute();
  private final Map<String, RollingMinute> attempts = new ConcurrentHashMap<>();

  public RecentCalls(Ticker ticker) {
    this.ticker = ticker;
    this.startedNanos = ticker.nanos();
  }

  @Override
  public void finished(CallRecord record) {
    long now = second();
    total.increment();
    calls.add(now);
    if (record.outcome().status().equals("error")) {
      errors.add(now);
    }
    List<AttemptRecord> made = record.attempts();
    for (int i = 0; i < made.size(); i++) {
      attempts.computeIfAbsent(made.get(i).provider(), any -> new RollingMinute()).add(now);
    }
  }

  /** Calls finished since the start. */
  public long total() {
    return total.sum();
  }

  public long lastMinute() {
    return calls.count(second());
  }

  /** Those that ended in an error; a disconnected caller is none. */
  public long errorsLastMinute() {
    return errors.count(second());
  }

  /** Attempts at this provider by calls that finished in the last minute. */
  public long attemptsLastMinute(String provider) {
    RollingMinute made = attempts.get(provider);
    return made == null ? 0 : made.count(second());
  }

  private long second() {
    return (ticker.nanos() - startedNanos) / NANOS_PER_SECOND + 1;
  }
}
