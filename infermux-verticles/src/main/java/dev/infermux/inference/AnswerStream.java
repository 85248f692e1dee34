package dev.infermux.inference;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * A streamed answer in the dialect of its call. Paused until a handler is set and demand is given;
 * every buffer holds whole events, so that whatever follows one starts on a clean line.
 *
 * <p>A stream that was cut fails through its exception handler with an {@link
 * dev.infermux.inference.InferenceException} and never ends; a whole one has sent its dialect's
 * last event before its end handler runs. All handlers run on the event loop of the call.
 */
public interface AnswerStream extends ReadStream<Buffer> {

  /** Completes just before the end or exception handler runs; it never fails. */
  Future<End> end();

  /** Closes the provider's connection at once. Idempotent; nothing is delivered afterwards. */
  void cancel();
}
