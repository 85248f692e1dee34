package dev.infermux.tokentrace.export;

import dev.infermux.tokentrace.record.EndedSpan;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way of the spans to one sink: a bounded backlog, one batch under way, and its retries. A lane
 * that is behind or whose sink is dead holds up no other. Owned by the exporter's thread; only the
 * outcome of a batch comes from another.
 */
final class ExportQueue<T> {
  private static final int LONGEST_PAUSE = 30;

  private final Sink<T> sink;
  private final ExportOptions options;
  private final Runnable wake;
  private final ExportCounters counters = new ExportCounters();
  private final OutageLog log;
  private final ArrayDeque<T> backlog = new ArrayDeque<>();
  private final AtomicReference<@Nullable BatchOutcome<T>> settled = new AtomicReference<>();

  private List<T> batch = List.of();
  private boolean underWay;
  private int attempts;
  private int failuresInARow;
  private long notBefore;
  private boolean closing;

  /**
   * @param wake called on any thread when a batch has settled
   */
  ExportQueue(Sink<T> sink, ExportOptions options, long nowNanos, Runnable wake) {
    this.sink = sink;
    this.options = options;
    this.wake = wake;
    this.log = new OutageLog(sink.target(), counters);
    this.notBefore = nowNanos;
  }

  void offer(EndedSpan span) {
    try {
      if (!sink.wants(span)) {
        counters.skipped();
      } else if (backlog.size() >= options.queueSize()) {
        counters.turnedAway(DropReason.BACKLOG_FULL);
      } else {
        backlog.add(sink.prepare(span));
        counters.waits();
      }
    } catch (RuntimeException e) {
      counters.turnedAway(DropReason.INVALID);
    }
  }

  /**
   * Does what is due.
   *
   * @return nanoseconds until it wants to be called again without being woken
   */
  long tick(long nowNanos) {
    BatchOutcome<T> outcome = settled.getAndSet(null);
    if (outcome != null) {
      settle(outcome, nowNanos);
    }
    if (batch.isEmpty()) {
      nextBatch();
    }
    if (batch.isEmpty() || underWay) {
      return Long.MAX_VALUE;
    }
    if (closing || nowNanos - notBefore >= 0) {
      send();
      return Long.MAX_VALUE;
    }
    return notBefore - nowNanos;
  }

  private void nextBatch() {
    int most = Math.min(options.batchSize(), sink.most()) * sink.atOnce();
    int size = Math.min(backlog.size(), most);
    List<T> next = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      next.add(backlog.remove());
    }
    batch = next;
    attempts = 0;
  }

  private void send() {
    underWay = true;
    attempts++;
    List<T> sent = batch;
    attempt(sent)
        .onComplete(
            result -> {
              settled.set(
                  result.succeeded()
                      ? result.result()
                      : BatchOutcome.later(sent, 0, why(result.cause())));
              wake.run();
            });
  }

  private Future<BatchOutcome<T>> attempt(List<T> sent) {
    try {
      return sink.send(sent);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static String why(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private void settle(BatchOutcome<T> outcome, long nowNanos) {
    underWay = false;
    int taken = batch.size() - outcome.rejected() - outcome.again().size();
    counters.exported(taken);
    if (taken == batch.size() && attempts == 1) {
      sink.taken(batch);
    }
    if (outcome.rejected() > 0) {
      counters.dropped(DropReason.REJECTED, outcome.rejected());
    }
    batch = outcome.again();
    if (outcome.problem().isEmpty()) {
      log.works();
    } else {
      counters.failedBatch();
      log.fails(outcome.problem(), nowNanos);
    }
    failuresInARow = batch.isEmpty() || taken > 0 ? 0 : failuresInARow + 1;
    if (!batch.isEmpty()) {
      pause(outcome.pauseMillis(), nowNanos);
    }
  }

  private void pause(long askedMillis, long nowNanos) {
    long backoff = options.backoff().toNanos();
    long doubled = backoff << Math.min(failuresInARow, 6) >> 1;
    long longest = backoff * LONGEST_PAUSE;
    long asked = Math.min(askedMillis * 1_000_000, longest);
    notBefore = nowNanos + Math.max(asked, Math.min(doubled, longest));
    if (closing || attempts >= options.attempts()) {
      counters.dropped(closing ? DropReason.CLOSED : DropReason.UNREACHABLE, batch.size());
      batch = List.of();
    }
  }

  /** From now on each batch has one attempt, made at once. */
  void closing() {
    closing = true;
  }

  boolean idle() {
    return batch.isEmpty() && backlog.isEmpty();
  }

  /** Drops all that is held, and what is under way with it. */
  void abandon() {
    int held = batch.size() + backlog.size();
    if (held > 0) {
      counters.dropped(DropReason.CLOSED, held);
      batch = List.of();
      backlog.clear();
    }
  }

  Future<Void> closeSink() {
    return sink.close();
  }

  ExportCounts counts() {
    return counters.read(sink.name());
  }
}
