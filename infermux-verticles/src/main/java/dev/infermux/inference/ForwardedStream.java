package dev.infermux.inference;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import org.jspecify.annotations.Nullable;

/** A stream that is its source in all that a subclass does not change. */
public abstract class ForwardedStream implements AnswerStream {

  protected final AnswerStream source;

  protected ForwardedStream(AnswerStream source) {
    this.source = source;
  }

  @Override
  public AnswerStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    source.exceptionHandler(handler);
    return this;
  }

  @Override
  public final AnswerStream endHandler(@Nullable Handler<Void> handler) {
    source.endHandler(handler);
    return this;
  }

  @Override
  public final AnswerStream pause() {
    source.pause();
    return this;
  }

  @Override
  public final AnswerStream resume() {
    source.resume();
    return this;
  }

  @Override
  public final AnswerStream fetch(long amount) {
    source.fetch(amount);
    return this;
  }

  @Override
  public Future<End> end() {
    return source.end();
  }

  @Override
  public final void cancel() {
    source.cancel();
  }
}
