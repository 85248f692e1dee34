package dev.infermux.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A streamed answer. It is paused until it has a handler and {@link #resume} or {@link #fetch}
 * gives demand; while there is none the provider's socket is not read.
 *
 * <p>A stream that breaks fails through its exception handler with an {@code InferenceException}
 * and never ends. Methods may be called from any thread; handlers run on the event loop of the
 * call, which is the caller's own where the caller is on one of that Vert.x.
 */
public interface ChatStream extends ReadStream<ChatChunk> {

  /** The provider that answers, known from the beginning. */
  String provider();

  /** Completes when the stream has ended in any way; it never fails. */
  Future<ResponseMeta> meta();

  /** Closes the provider's connection. Idempotent; nothing is delivered afterwards. */
  void cancel();

  @Override
  ChatStream handler(@Nullable Handler<ChatChunk> handler);

  @Override
  ChatStream endHandler(@Nullable Handler<Void> endHandler);

  @Override
  ChatStream exceptionHandler(@Nullable Handler<Throwable> handler);

  @Override
  ChatStream pause();

  @Override
  ChatStream resume();

  @Override
  ChatStream fetch(long amount);
}
