package dev.infermux.operations;

import dev.infermux.inbound.management.view.EventReceiver;
import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One address and those who listen there; a consumer is registered while there are any. */
final class EventChannel {

  private final Vertx vertx;
  private final Context context;
  private final String address;
  private final boolean everywhere;
  private final List<EventReceiver> receivers = new CopyOnWriteArrayList<>();

  /** Only {@link #context} touches it. */
  private @Nullable MessageConsumer<Envelope> consumer;

  /**
   * A channel without receivers.
   *
   * @param context where events arrive: that of no reader, since one may end before another
   * @param everywhere whether the events of other nodes are wanted, too
   */
  EventChannel(Vertx vertx, Context context, String address, boolean everywhere) {
    this.everywhere = everywhere;
    this.vertx = vertx;
    this.context = context;
    this.address = address;
  }

  /** Completes when nothing that is published can be missed any more. */
  Future<Void> add(EventReceiver receiver) {
    receivers.add(receiver);
    Promise<Void> listening = Promise.promise();
    context.runOnContext(asked -> adjust().onComplete(listening));
    return listening.future();
  }

  void remove(EventReceiver receiver) {
    receivers.remove(receiver);
    context.runOnContext(asked -> adjust());
  }

  private Future<Void> adjust() {
    MessageConsumer<Envelope> registered = consumer;
    if (receivers.isEmpty()) {
      consumer = null;
      return registered == null ? Future.succeededFuture() : registered.unregister();
    }
    if (registered == null) {
      registered =
          everywhere
              ? vertx.eventBus().consumer(address, message -> tell(message.body()))
              : vertx.eventBus().localConsumer(address, message -> tell(message.body()));
      consumer = registered;
    }
    return registered.completion();
  }

  private void tell(Envelope envelope) {
    PublishedEvent event =
        new PublishedEvent(envelope.type(), () -> EnvelopeWriter.write(envelope));
    receivers.forEach(receiver -> receiver.receive(event));
  }
}
