package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.events.EventAddresses;
import dev.infermux.inbound.management.view.EventReceiver;
import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistType;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.vertx.Publications;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class EventFeedTest {

  private static final Set<String> CONFIG = Set.of(MistType.EVENT_CONFIG);

  private final Lifecycle lifecycle = new Lifecycle();
  private Vertx vertx;
  private EventFeed feed;

  private static final class Receiver implements EventReceiver {
    final List<PublishedEvent> events = new CopyOnWriteArrayList<>();
    volatile boolean ended;

    @Override
    public void receive(PublishedEvent event) {
      events.add(event);
    }

    @Override
    public void end() {
      ended = true;
    }
  }

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    EnvelopeCodec.register(vertx);
    feed = new EventFeed(new Publications(vertx, EventAddresses.ALL), lifecycle, false);
  }

  @Test
  void event_is_one_object_for_all_who_want_its_type() {
    Receiver first = new Receiver();
    Receiver second = new Receiver();
    Receiver other = new Receiver();
    feed.subscribe(CONFIG, first).await();
    feed.subscribe(CONFIG, second).await();
    feed.subscribe(Set.of(MistType.EVENT_CIRCUIT_STATE), other).await();

    publish();

    assertThat(first.events).hasSize(1);
    assertThat(second.events.get(0)).isSameAs(first.events.get(0));
    assertThat(other.events).isEmpty();
  }

  @Test
  void receiver_that_has_left_gets_nothing_and_the_others_go_on() {
    Receiver left = new Receiver();
    Receiver stays = new Receiver();
    Runnable leave = feed.subscribe(CONFIG, left).await();
    feed.subscribe(CONFIG, stays).await();

    leave.run();
    leave.run();
    publish();

    assertThat(left.events).isEmpty();
    assertThat(stays.events).hasSize(1);
  }

  @Test
  void what_is_no_envelope_is_left_out() {
    Receiver receiver = new Receiver();
    feed.subscribe(CONFIG, receiver).await();

    vertx.eventBus().publish(EventAddresses.CONFIG, "text");
    publish();

    assertThat(receiver.events).hasSize(1);
  }

  @Test
  void receivers_end_with_the_gateway() {
    Receiver receiver = new Receiver();
    feed.subscribe(CONFIG, receiver).await();

    lifecycle.stopping();

    assertThat(receiver.ended).isTrue();
  }

  @Test
  void unknown_type_is_refused() {
    assertThatThrownBy(() -> feed.subscribe(Set.of("event.other"), new Receiver()))
        .hasMessageContaining("event.other");
  }

  private void publish() {
    vertx
        .eventBus()
        .publish(
            EventAddresses.CONFIG,
            Envelope.of("infermux", MistType.EVENT_CONFIG, () -> new byte[] {'1'}));
  }
}
