package dev.infermux.operations;

import dev.infermux.inbound.management.view.EventReceiver;
import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.vertx.Listening;
import dev.infermux.vertx.Publications;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One address and those who listen there, to all of whom an event is handed as one object. */
final class EventChannel {

  private final Publications publications;
  private final MessageConsumerOptions options;
  private final List<EventReceiver> receivers = new CopyOnWriteArrayList<>();

  /** While there are receivers. */
  private @Nullable Listening listening;

  /**
   * A channel without receivers.
   *
   * @param everywhere whether the events of other nodes are wanted, too
   */
  EventChannel(Publications publications, String address, boolean everywhere) {
    this.publications = publications;
    this.options = new MessageConsumerOptions().setAddress(address).setLocalOnly(!everywhere);
  }

  /** Completes when nothing that is published can be missed any more. */
  synchronized Future<Void> add(EventReceiver receiver) {
    receivers.add(receiver);
    Listening here = listening;
    if (here == null) {
      here = publications.listen(options, this::published);
      listening = here;
    }
    return here.begun();
  }

  synchronized void remove(EventReceiver receiver) {
    receivers.remove(receiver);
    Listening here = listening;
    if (receivers.isEmpty() && here != null) {
      listening = null;
      here.end();
    }
  }

  private void published(Message<?> message) {
    if (message.body() instanceof Envelope envelope) {
      PublishedEvent event =
          new PublishedEvent(envelope.type(), () -> EnvelopeWriter.write(envelope));
      receivers.forEach(receiver -> receiver.receive(event));
    }
  }
}
