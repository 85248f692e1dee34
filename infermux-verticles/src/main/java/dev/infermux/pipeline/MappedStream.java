package dev.infermux.pipeline;

import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.ForwardedStream;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A stream whose events a function sees and may change; in all else it is its source. */
final class MappedStream extends ForwardedStream {

  private final UnaryOperator<Buffer> change;

  MappedStream(AnswerStream source, UnaryOperator<Buffer> change) {
    super(source);
    this.change = change;
  }

  @Override
  public AnswerStream handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler == null ? null : events -> handler.handle(change.apply(events)));
    return this;
  }
}
