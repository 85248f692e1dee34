package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.management.view.PublishedEvent;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.memory.BufferedKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
  void what_there_is_no_room_for_is_lost_and_told_at_its_place() {
    List<PublishedEvent> events = add(one, 7);

    assertThat(lost).hasValue(3);
    assertThat(one.take()).isEqualTo(new EventBatch(0, events.subList(0, 4)));
    assertThat(one.isEmpty()).isFalse();
    assertThat(one.take()).isEqualTo(new EventBatch(3, List.of()));
    assertThat(one.isEmpty()).isTrue();
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
  void what_waits_stays_and_what_comes_is_lost() {
    EventQueue many = new EventQueue(BufferedBytes.unlimited(), lost::incrementAndGet);
    List<PublishedEvent> first = add(many, EventQueue.MOST);
    add(many, 5);

    EventBatch batch = many.take();
    List<PublishedEvent> later = add(many, 2);
    add(many, EventQueue.MOST);
    add(many, 1);

    assertThat(batch.lost()).isZero();
    assertThat(batch.events()).isEqualTo(first.subList(0, batch.events().size()));
    List<EventBatch> rest = all(many);
    List<EventBatch> told = rest.stream().filter(next -> next.lost() > 0).toList();
    assertThat(told).extracting(EventBatch::lost).containsExactly(5L, lost.get() - 5L);
    assertThat(told.get(0).events()).startsWith(later.toArray(PublishedEvent[]::new));
    assertThat(told.get(1).events()).isEmpty();
    assertThat(rest.stream().mapToInt(next -> next.events().size()).sum())
        .isEqualTo(EventQueue.MOST);
  }

  private static List<PublishedEvent> add(EventQueue queue, int count) {
    List<PublishedEvent> events = Stream.generate(EventQueueTest::event).limit(count).toList();
    events.forEach(queue::add);
    return events;
  }

  private static List<EventBatch> all(EventQueue queue) {
    List<EventBatch> batches = new ArrayList<>();
    while (!queue.isEmpty()) {
      batches.add(queue.take());
    }
    return batches;
  }

  private long held() {
    return account.held(BufferedKind.EVENTS);
  }

  private static PublishedEvent event() {
    return new PublishedEvent("event.config", () -> new byte[] {'{', '}'});
  }
}
