package dev.infermux.vertx;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;

/** Messages that were on their way to a consumer when it was unregistered. */
public final class Discards {

  private Discards() {}

  /**
   * Hands such messages to a handler, on the consumer's context. The bus itself answers those that
   * carry its own reply address; nobody hears of any other.
   */
  public static <T> MessageConsumer<T> handle(
      MessageConsumer<T> consumer, Handler<Message<T>> discarded) {
    ((MessageConsumerImpl<T>) consumer).discardHandler(discarded);
    return consumer;
  }
}
