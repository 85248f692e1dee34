package dev.infermux.tokentrace.export;

import dev.infermux.tokentrace.record.EndedSpan;
import dev.infermux.tokentrace.record.SpanQueue;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exporter's thread: takes spans from the queue and drives one lane for each sink. It never
 * waits for a collector; it parks until spans, an outcome or a retry want it.
 */
public final class SpanExport {
  private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

  /** While closing, a producer that is about to fill its place will not wake this thread. */
  private static final long CLOSING_NAP = TimeUnit.MILLISECONDS.toNanos(10);

  private final SpanQueue queue;
  private final ExportOptions options;
  private final List<? extends ExportQueue<?>> lanes;
  private final Thread thread;
  private final Promise<Void> closed = Promise.promise();
  private volatile boolean closing;

  public SpanExport(SpanQueue queue, List<? extends Sink<?>> sinks, ExportOptions options) {
    this.queue = queue;
    this.options = options;
    this.thread = new Thread(this::run, "span-export");
    this.lanes = sinks.stream().map(this::lane).toList();
    thread.setDaemon(true);
    queue.consumer(thread);
  }

  private <T> ExportQueue<T> lane(Sink<T> sink) {
    return new ExportQueue<>(sink, options, System.nanoTime(), () -> LockSupport.unpark(thread));
  }

  /** Begins to export. */
  public void start() {
    thread.start();
  }

  /**
   * Refuses new spans, sends what is held, and gives up after the close timeout. Completes on the
   * exporter's thread, and never fails.
   */
  public Future<Void> close() {
    closing = true;
    queue.close();
    return closed.future();
  }

  public SpanCounts counts() {
    Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
    if (queue.refused() > 0) {
      dropped.put(DropReason.QUEUE_FULL, queue.refused());
    }
    if (queue.late() > 0) {
      dropped.put(DropReason.CLOSED, queue.late());
    }
    List<ExportCounts> exports = lanes.stream().map(ExportQueue::counts).toList();
    return new SpanCounts(queue.offered(), queue.waiting(), dropped, exports);
  }

  private void run() {
    while (!closing) {
      cycle(options.flushInterval().toNanos());
    }
    lanes.forEach(ExportQueue::closing);
    long deadline = System.nanoTime() + options.closeTimeout().toNanos();
    while (!done() && System.nanoTime() - deadline < 0) {
      cycle(CLOSING_NAP);
    }
    finish();
  }

  private boolean done() {
    return queue.exhausted() && lanes.stream().allMatch(ExportQueue::idle);
  }

  private void cycle(long longestNap) {
    try {
      boolean more = take();
      long now = System.nanoTime();
      long nap = longestNap;
      for (ExportQueue<?> queue : lanes) {
        nap = Math.min(nap, queue.tick(now));
      }
      if (!more && !(closing && done())) {
        LockSupport.parkNanos(this, nap);
      }
    } catch (RuntimeException e) {
      LOG.error("span export stumbled and goes on", e);
    }
  }

  /** Moves at most a batch to the lanes; false when the queue is empty. */
  private boolean take() {
    for (int i = 0; i < options.batchSize(); i++) {
      EndedSpan span = queue.poll();
      if (span == null) {
        return false;
      }
      lanes.forEach(lane -> lane.offer(span));
    }
    return true;
  }

  private void finish() {
    while (!queue.exhausted()) {
      if (!take()) {
        Thread.onSpinWait();
      }
    }
    boolean nothingUnderWay = done();
    lanes.forEach(ExportQueue::abandon);
    Future<?> sinksClosed = Future.join(lanes.stream().map(ExportQueue::closeSink).toList());
    if (nothingUnderWay) {
      sinksClosed.onComplete(result -> closed.complete());
    } else {
      closed.complete(); // a sink may wait for answers that will not come
    }
  }
}
