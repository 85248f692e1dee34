package dev.infermux.operations;

import dev.infermux.inbound.management.view.TrafficReport;
import dev.infermux.inbound.management.view.TrafficReport.Flip;
import dev.infermux.inbound.management.view.TrafficView;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.spi.CallListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Calls, attempts and changes of circuits of the last quarter of an hour. Thread-safe. */
public final class TrafficHistory implements CallListener, Consumer<CircuitChange>, TrafficView {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final int STEPS = 90;
  private static final int MOST_FLIPS = 200;

  private final InstantSource clock;
  private final CountRings calls = new CountRings();
  private final Map<String, CountRings> attempts = new ConcurrentHashMap<>();

  /** The latest last; guarded by itself. */
  private final ArrayDeque<Flip> flips = new ArrayDeque<>();

  public TrafficHistory(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void finished(CallRecord record) {
    long step = step(clock.millis());
    calls.add(step, record.outcome().status().equals("error"));
    List<AttemptRecord> made = record.attempts();
    for (int i = 0; i < made.size(); i++) {
      AttemptRecord attempt = made.get(i);
      attempts
          .computeIfAbsent(attempt.provider(), any -> new CountRings())
          .add(step, attempt.kind() != null && attempt.kind() != FailureClass.CANCELLED);
    }
  }

  @Override
  public void accept(CircuitChange change) {
    Flip flip =
        new Flip(
            change.provider(),
            change.model(),
            clock.instant(),
            change.from().wireName(),
            change.to().wireName(),
            change.reason().wireName());
    synchronized (flips) {
      if (flips.size() == MOST_FLIPS) {
        flips.remove();
      }
      flips.add(flip);
    }
  }

  @Override
  public TrafficReport report() {
    long now = clock.millis();
    long last = step(now);
    Instant first = Instant.ofEpochMilli((last - STEPS + 1) * STEP.toMillis());
    Map<String, TrafficReport.Series> providers = new TreeMap<>();
    attempts.forEach((name, rings) -> providers.put(name, rings.upTo(last, STEPS)));
    return new TrafficReport(
        Instant.ofEpochMilli(now), first, STEP, calls.upTo(last, STEPS), providers, since(first));
  }

  private List<Flip> since(Instant first) {
    synchronized (flips) {
      return flips.stream().filter(flip -> !flip.at().isBefore(first)).toList();
    }
  }

  private static long step(long millis) {
    return millis / STEP.toMillis();
  }
}
