package dev.infermux.inference;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caller's side of a stream: its handlers, its demand, and what waits for demand. Everything is
 * called on the stream's event loop.
 */
public abstract class QueuedStream implements AnswerStream {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedStream.class);

  private final Promise<End> summary = Promise.promise();
  private final Deque<Buffer> pending = new ArrayDeque<>(2);
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private long demand;
  private long pendingBytes;
  private boolean emitting;
  private boolean sealed;

  /** Demand may have changed: the source may have to be started or stopped. */
  protected abstract void flow();

  /** How the stream ended; asked for once, when all that was offered has been taken. */
  protected abstract End ending();

  /** Whether the next buffer would be taken at once. */
  protected final boolean wanted() {
    return demand > 0 && handler != null;
  }

  /** Queues a buffer and delivers as much as there is demand for. */
  protected final void offer(@Nullable Buffer buffer) {
    if (buffer != null) {
      pending.add(buffer);
      pendingBytes += buffer.length();
    }
    emit();
  }

  /** Nothing more will be offered; ends or fails once the queue is empty. */
  protected final void seal() {
    sealed = true;
    emit();
  }

  /** Delivers nothing any more, and is not at its end yet. */
  protected final void discard() {
    clear();
    handler = null;
  }

  /** Delivers nothing any more; false when the stream had already ended. */
  protected final boolean drop(End last) {
    sealed = true;
    clear();
    handler = null;
    return summary.tryComplete(last);
  }

  /** How many bytes wait for demand. */
  protected final long pendingBytes() {
    return pendingBytes;
  }

  private void clear() {
    pending.clear();
    pendingBytes = 0;
  }

  private void emit() {
    if (emitting) {
      return;
    }
    emitting = true;
    try {
      while (demand > 0 && handler != null && !pending.isEmpty()) {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        Buffer next = pending.remove();
        pendingBytes -= next.length();
        deliver(next);
      }
    } finally {
      emitting = false;
    }
    if (sealed && pending.isEmpty() && wanted()) {
      conclude();
    } else {
      flow();
    }
  }

  /** A reader that throws ends its stream, wherever it was called from. */
  private void deliver(Buffer next) {
    try {
      Objects.requireNonNull(handler).handle(next);
    } catch (Throwable bug) {
      Failure why = InferenceException.failureOf(bug);
      Handler<Throwable> told = exceptionHandler;
      broke(why);
      LOG.error("a bug in what reads a stream", bug);
      if (told != null) {
        told.handle(new InferenceException(why));
      }
    }
  }

  /** What reads the stream has thrown: the source is ended, and nothing more is delivered. */
  protected void broke(Failure why) {
    cancel();
  }

  /** How it ended, whatever is wrong with who knows. */
  private End ended() {
    try {
      return ending();
    } catch (Throwable bug) {
      LOG.error("a bug at the end of a stream", bug);
      return End.failed(InferenceException.failureOf(bug));
    }
  }

  private void conclude() {
    if (summary.future().isComplete()) {
      return;
    }
    End last = ended();
    summary.complete(last);
    Failure failure = last.failure();
    if (failure == null && endHandler != null) {
      endHandler.handle(null);
    } else if (failure != null && exceptionHandler != null) {
      exceptionHandler.handle(new InferenceException(failure));
    }
  }

  @Override
  public final Future<End> end() {
    return summary.future();
  }

  @Override
  public final AnswerStream handler(@Nullable Handler<Buffer> handler) {
    if (!summary.future().isComplete()) {
      this.handler = handler;
      emit();
    }
    return this;
  }

  @Override
  public final AnswerStream endHandler(@Nullable Handler<Void> endHandler) {
    this.endHandler = endHandler;
    return this;
  }

  @Override
  public final AnswerStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    this.exceptionHandler = handler;
    return this;
  }

  @Override
  public final AnswerStream pause() {
    demand = 0;
    flow();
    return this;
  }

  @Override
  public final AnswerStream resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public final AnswerStream fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    emit();
    return this;
  }
}
