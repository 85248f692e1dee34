package dev.infermux.tokentrace.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.tokentrace.span.SpanParent;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SpanQueueTest {
  private static final int PRODUCERS = 4;
  private static final int EACH = 20_000;

  private static FinishedSpan span(long start) {
    SpanStart beginning = Lineage.begin(SpanKind.INTERNAL, SpanParent.none(), start);
    return new FinishedSpan(beginning, start, null);
  }

  @Test
  void spans_come_out_in_the_order_in_which_they_went_in() {
    SpanQueue queue = new SpanQueue(4);

    queue.offer(span(1));
    queue.offer(span(2));

    assertThat(queue.poll().whole().startEpochNanos()).isEqualTo(1);
    assertThat(queue.poll().whole().startEpochNanos()).isEqualTo(2);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void a_full_queue_drops_the_newest_and_counts_them() {
    SpanQueue queue = new SpanQueue(4);

    for (int i = 0; i < 10; i++) {
      queue.offer(span(i));
    }

    assertThat(queue.refused()).isEqualTo(6);
    assertThat(queue.waiting()).isEqualTo(4);
    assertThat(queue.offered()).isEqualTo(10);
    assertThat(queue.poll().whole().startEpochNanos()).isZero();
  }

  @Test
  void a_closed_queue_gives_what_it_has_and_takes_no_more() {
    SpanQueue queue = new SpanQueue(4);
    queue.offer(span(1));

    queue.close();
    queue.close();
    queue.offer(span(2));

    assertThat(queue.exhausted()).isFalse();
    assertThat(queue.poll()).isNotNull();
    assertThat(queue.exhausted()).isTrue();
    assertThat(queue.late()).isEqualTo(1);
    assertThat(queue.offered()).isEqualTo(2);
    assertThat(queue.waiting()).isZero();
  }

  @RepeatedTest(5)
  void whatever_the_threads_do_every_span_is_polled_refused_or_late() throws Exception {
    SpanQueue queue = new SpanQueue(256);
    FinishedSpan span = span(1);
    CountDownLatch half = new CountDownLatch(PRODUCERS);
    List<Thread> producers = new ArrayList<>();
    for (int p = 0; p < PRODUCERS; p++) {
      producers.add(new Thread(() -> produce(queue, span, half)));
    }
    producers.forEach(Thread::start);

    long polled = 0;
    boolean closed = false;
    while (!queue.exhausted()) {
      polled += queue.poll() == null ? 0 : 1;
      if (!closed && half.getCount() == 0) {
        queue.close();
        closed = true;
      }
    }
    for (Thread producer : producers) {
      producer.join();
    }

    assertThat(polled + queue.refused() + queue.late()).isEqualTo((long) PRODUCERS * EACH);
    assertThat(queue.offered()).isEqualTo((long) PRODUCERS * EACH);
  }

  private static void produce(SpanQueue queue, FinishedSpan span, CountDownLatch half) {
    for (int i = 0; i < EACH; i++) {
      queue.offer(span);
      if (i == EACH / 2) {
        half.countDown();
      }
    }
  }
}
