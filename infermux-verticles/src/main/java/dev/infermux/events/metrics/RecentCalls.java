package dev.infermux.events.metrics;

import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.Witness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Counts the calls that finished in the last minute, and each provider's attempts among them, for
 * people who look at the gateway. Thread-safe.
 */
public final class RecentCalls implements Witness {

  private final LongSupplier nanoTime;
  private final LongAdder total = new LongAdder();
  private final RollingMinute calls;
  private final RollingMinute errors;
  private final Map<String, RollingMinute> attempts = new ConcurrentHashMap<>();

  public RecentCalls() {
    this(System::nanoTime);
  }

  RecentCalls(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.calls = new RollingMinute(nanoTime);
    this.errors = new RollingMinute(nanoTime);
  }

  @Override
  public void finished(CallRecord record) {
    total.increment();
    calls.add();
    if (record.outcome().status().equals("error")) {
      errors.add();
    }
    List<AttemptRecord> made = record.attempts();
    for (int i = 0; i < made.size(); i++) {
      attempts.computeIfAbsent(made.get(i).provider(), any -> new RollingMinute(nanoTime)).add();
    }
  }

  /** Calls finished since the start. */
  public long total() {
    return total.sum();
  }

  public long lastMinute() {
    return calls.count();
  }

  /** Those that ended in an error; a caller who left is none. */
  public long errorsLastMinute() {
    return errors.count();
  }

  /** Attempts at this provider by calls that finished in the last minute. */
  public long attemptsLastMinute(String provider) {
    RollingMinute made = attempts.get(provider);
    return made == null ? 0 : made.count();
  }
}
