package dev.infermux.vertx;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The bodies of a stream of messages. */
final class MessageBodies<T> implements ReadStream<T> {

  private final ReadStream<Message<T>> messages;

  MessageBodies(ReadStream<Message<T>> messages) {
    this.messages = messages;
  }

  @Override
  public ReadStream<T> handler(@Nullable Handler<T> handler) {
    messages.handler(handler == null ? null : message -> handler.handle(message.body()));
    return this;
  }

  @Override
  public ReadStream<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
    messages.exceptionHandler(handler);
    return this;
  }

  @Override
  public ReadStream<T> endHandler(@Nullable Handler<Void> endHandler) {
    messages.endHandler(endHandler);
    return this;
  }

  @Override
  public ReadStream<T> pause() {
    messages.pause();
    return this;
  }

  @Override
  public ReadStream<T> resume() {
    messages.resume();
    return this;
  }

  @Override
  public ReadStream<T> fetch(long amount) {
    messages.fetch(amount);
    return this;
  }
}
