package dev.infermux.provider.program;

import dev.infermux.inference.End;
import dev.infermux.inference.QueuedStream;
import io.vertx.core.buffer.Buffer;

/** A whole answer for a caller who asked for a stream. */
final class OnePiece extends QueuedStream {

  private final End end;

  OnePiece(Buffer events, End end) {
    this.end = end;
    offer(events);
    seal();
  }

  @Override
  protected void flow() {}

  @Override
  protected End ending() {
    return end;
  }

  @Override
  public void cancel() {
    drop(end);
  }
}
