package dev.infermux.vertx;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x of a subscriber: consumers of some addresses are bounded, also of its own children.
 */
final class BoundedVertx extends VertxWrapper {

  private final WaitingRoom room;
  private final Consumer<BoundedConsumer<?>> made;

  private final EventBus bus;

  BoundedVertx(VertxInternal vertx, WaitingRoom room, Consumer<BoundedConsumer<?>> made) {
    super(vertx);
    this.room = room;
    this.made = made;
    this.bus = bus(vertx.eventBus());
  }

  @Override
  public EventBus eventBus() {
    return bus;
  }

  @Override
  public Future<String> deployVerticle(
      Supplier<? extends Deployable> supplier, DeploymentOptions options) {
    return delegate.deployVerticle(() -> new BoundedSubscriber(supplier.get(), room), options);
  }

  private EventBus bus(EventBus original) {
    return Overlay.of(
        EventBus.class,
        original,
        (method, arguments) ->
            switch (method) {
              case "consumer", "localConsumer" -> consumer(method, arguments);
              default -> null;
            });
  }

  /** Null = an address whose consumers are as ever. */
  private @Nullable Object consumer(String method, Object[] arguments) {
    MessageConsumerOptions options =
        arguments[0] instanceof MessageConsumerOptions given
            ? given
            : new MessageConsumerOptions()
                .setAddress((String) arguments[0])
                .setLocalOnly(method.equals("localConsumer"));
    if (options.getAddress() == null || !room.publications().at(options.getAddress())) {
      return null;
    }
    BoundedConsumer<Object> consumer =
        new BoundedConsumer<>(options, room, delegate.getOrCreateContext());
    made.accept(consumer);
    if (arguments.length > 1) {
      consumer.handler(handler(arguments[1]));
    }
    return consumer;
  }

  @SuppressWarnings("unchecked") // as the bus does: bodies are what is sent there
  private static Handler<Message<Object>> handler(Object given) {
    return (Handler<Message<Object>>) given;
  }
}
