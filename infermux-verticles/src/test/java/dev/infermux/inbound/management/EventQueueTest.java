package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventQueueTest {

  private final AtomicInteger lost = new AtomicInteger();
  private final BufferedBytes account = new BufferedBytes(4 * EventQueue.EVENT_BYTES);
  private final EventQueue one = new EventQueue(account, lost::incrementAndGet);
  private final EventQueue other = new EventQueue(account, lost::incrementAndGet);

  @Test
  void event_for_which_several_readers_wait_counts_once_until_the_last_has_it() {
    PublishedEvent event = event();
    one.add(event);
    other.add(event);

    assertThat(held()).isEqualTo(EventQueue.EVENT_BYTES);
    assertThat(one.take().events()).containsExactly(event);
    assertThat(held()).isEqualTo(EventQueue.EVENT_BYTES);
    assertThat(other.take().events()).containsExactly(event);
    assertThat(held()).isZero();
  }

  @Test
  void what_there_is_no_room_for_is_lost_and_told() {
    for (int i = 0; i < 7; i++) {
      one.add(event());
    }

    assertThat(lost).hasValue(3);
    EventBatch batch = one.take();

    assertThat(batch.events()).hasSize(4);
    assertThat(batch.lost()).isEqualTo(3);
    assertThat(held()).isZero();
  }

  @Test
  void reader_who_goes_gives_back_what_waits_for_him() {
    one.add(event());
    one.add(event());

    one.close();
    one.add(event());

    assertThat(held()).isZero();
    assertThat(one.isEmpty()).isTrue();
  }

  @Test
  void oldest_makes_room_for_the_newest() {
    EventQueue many = new EventQueue(BufferedBytes.unlimited(), lost::incrementAndGet);
    for (int i = 0; i < EventQueue.MOST + 5; i++) {
      many.add(event());
    }

    assertThat(many.take().lost()).isEqualTo(5);
  }

  private long held() {
    return account.held(BufferedKind.EVENTS);
  }

  private static PublishedEvent event() {
    return new PublishedEvent("event.config", () -> new byte[] {'{', '}'});
  }
}
