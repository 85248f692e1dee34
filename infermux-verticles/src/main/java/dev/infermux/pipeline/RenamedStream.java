package dev.infermux.pipeline;

import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.End;
import dev.infermux.inference.ModelRewriter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A stream whose events carry another model name; in all else it is its source. */
final class RenamedStream implements AnswerStream {

  private final AnswerStream source;
  private final ModelRewriter name;

  RenamedStream(AnswerStream source, ModelRewriter name) {
    this.source = source;
    this.name = name;
  }

  @Override
  public AnswerStream handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler == null ? null : events -> handler.handle(name.inEvents(events)));
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
