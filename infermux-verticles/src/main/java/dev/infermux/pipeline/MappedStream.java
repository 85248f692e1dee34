package dev.infermux.pipeline;

import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.End;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A stream whose events a function sees and may change; in all else it is its source. */
final class MappedStream implements AnswerStream {

  private final AnswerStream source;
  private final UnaryOperator<Buffer> change;

  MappedStream(AnswerStream source, UnaryOperator<Buffer> change) {
    this.source = source;
    this.change = change;
  }

  @Override
  public AnswerStream handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler == null ? null : events -> handler.handle(change.apply(events)));
    return this;
  }

  @Override
  public AnswerStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    source.exceptionHandler(handler);
    return this;
  }

  @Override
  public AnswerStream endHandler(@Nullable Handler<Void> handler) {
    source.endHandler(handler);
    return this;
  }

  @Override
  public AnswerStream pause() {
    source.pause();
    return this;
  }

  @Override
  public AnswerStream resume() {
    source.resume();
    return this;
  }

  @Override
  public AnswerStream fetch(long amount) {
    source.fetch(amount);
    return this;
  }

  @Override
  public Future<End> end() {
    return source.end();
  }

  @Override
  public void cancel() {
    source.cancel();
  }
}
