package dev.infermux.ledger.journal;

import dev.infermux.ledger.report.Reports;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that applies records and writes them. Records come through a queue, so that an event
 * loop only ever adds to it; the thread applies a batch to the state, hands it to the operating
 * system in one write, and then completes the futures that wait for it.
 *
 * <p>A record that finds the thread idle is written at once. Then the thread pauses, so that
 * further records gather without an unpark each; a reader ends the pause. It takes 25 milliseconds
 * while the storage keeps the latest records by itself, and a quarter of one where it cannot, since
 * answers wait for the write then.
 */
final class JournalWriter {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final long LINGER_NANOS = Duration.ofMillis(25).toNanos();
  private static final long AWAITED_LINGER_NANOS = Duration.ofNanos(250_000).toNanos();
  private static final int BATCH = 8192;

  private final ConcurrentLinkedQueue<Object> inbox = new ConcurrentLinkedQueue<>();
  private final List<Runnable> afterWrite = new ArrayList<>();
  private final LedgerState state;
  private final Storage storage;
  private final Thread thread = new Thread(this::run, "infermux-ledger");
  private final Promise<Void> closed = Promise.promise();
  private volatile boolean idle;
  private volatile boolean hurry;
  private volatile boolean closing;
  private volatile boolean ended;
  private volatile long written;

  JournalWriter(LedgerState state, Storage storage) {
    this.state = state;
    this.storage = storage;
    this.written = state.lastSequence();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** One thread's, in rising sequence. */
  void append(JournalRecord record) {
    storage.keep(record, written);
    inbox.add(record);
    rouse();
  }

  /**
   * Completes, on the writer's thread, when the operating system has what was appended up to this
   * sequence, or when that is given up for now: most often at once.
   */
  Future<Void> durable(long sequence) {
    if (sequence <= written || storage.kept(sequence)) {
      return Future.succeededFuture();
    }
    if (closing) {
      return Future.failedFuture(closed());
    }
    Promise<Void> promise = Promise.promise();
    inbox.add((Runnable) () -> afterWrite.add(promise::tryComplete));
    if (storage.keepsRecent()) {
      wake();
    } else {
      rouse();
    }
    return promise.future();
  }

  /** The same for everything that was appended, and at once. */
  Future<Void> flush() {
    return ask(reply -> afterWrite.add(() -> reply.accept(null)));
  }

  <T> Future<T> read(Function<Reports, T> reader) {
    return ask(reply -> reply.accept(reader.apply(state.reports())));
  }

  void change(Consumer<Reports> change) {
    inbox.add((Runnable) () -> change.accept(state.reports()));
    wake();
  }

  /** Writes what there is and ends. */
  Future<Void> close() {
    closing = true;
    wake();
    return closed.future();
  }

  boolean ended() {
    return ended;
  }

  private <T> Future<T> ask(Consumer<Consumer<T>> question) {
    if (closing || ended) {
      return Future.failedFuture(closed());
    }
    Promise<T> promise = Promise.promise();
    Context context = Vertx.currentContext();
    Consumer<T> reply =
        context == null
            ? promise::complete
            : answer -> context.runOnContext(any -> promise.complete(answer));
    inbox.add(
        (Runnable)
            () -> {
              try {
                question.accept(reply);
              } catch (RuntimeException e) {
                promise.tryFail(e);
              }
            });
    wake();
    return promise.future();
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the ledger is closed");
  }

  /** Unparks the writer's thread if it is idle; a pause ends by itself. */
  private void rouse() {
    if (idle) {
      idle = false;
      LockSupport.unpark(thread);
    }
  }

  private void wake() {
    hurry = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    try {
      while (true) {
        if (turn()) {
          linger();
        } else if (closing && inbox.isEmpty()) {
          break;
        } else {
          rest();
        }
      }
      storage.end(state);
      closed.complete();
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.error("The ledger's thread died: spend is counted in budgets alone", e);
      closed.tryFail(e);
    } finally {
      ended = true;
      written = Long.MAX_VALUE;
      answerTheRest();
    }
  }

  /** No reader is left waiting. A cost that comes too late leaves its reservation, which counts. */
  private void answerTheRest() {
    for (Object late = inbox.poll(); late != null; late = inbox.poll()) {
      if (late instanceof Runnable question) {
        question.run();
      }
    }
    afterWrite.forEach(Runnable::run);
  }

  /** Applies and writes what has come; false when nothing had. */
  private boolean turn() {
    hurry = false;
    int taken = 0;
    Object next = inbox.poll();
    while (next != null) {
      if (next instanceof JournalRecord record) {
        apply(record);
      } else {
        ((Runnable) next).run();
      }
      next = ++taken < BATCH ? inbox.poll() : null;
    }
    if (taken > 0) {
      storage.write();
      written = state.lastSequence();
      afterWrite.forEach(Runnable::run);
      afterWrite.clear();
    }
    storage.maintain(state);
    return taken > 0;
  }

  private void apply(JournalRecord record) {
    try {
      state.apply(record);
      storage.add(record);
    } catch (RuntimeException e) {
      LOG.error("Not booked: {}", record, e);
    }
  }

  private void linger() {
    if (!hurry && !closing) {
      LockSupport.parkNanos(this, storage.keepsRecent() ? LINGER_NANOS : AWAITED_LINGER_NANOS);
    }
  }

  private void rest() {
    idle = true;
    if (inbox.isEmpty() && !closing) {
      LockSupport.parkNanos(this, storage.restNanos());
    }
    idle = false;
  }
}
