package dev.infermux.tokentrace.export;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.tokentrace.record.EndedSpan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A queue on a manual clock, before a sink that answers on demand. */
class ExportQueueTest {
  private static final ExportOptions OPTIONS =
      new ExportOptions(
          10,
          4,
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          3,
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  private final Slow sink = new Slow();
  private final ExportQueue<String> queue = new ExportQueue<>(sink, OPTIONS, 0, () -> {});
  private long now;

  private void offer(int spans) {
    for (int i = 0; i < spans; i++) {
      queue.offer(null);
    }
  }

  private long tickAfter(long millis) {
    now += MILLISECONDS.toNanos(millis);
    return queue.tick(now);
  }

  @Test
  void one_batch_is_under_way_at_a_time() {
    offer(6);

    tickAfter(0);
    tickAfter(50);

    assertThat(sink.batches).hasSize(1);
    assertThat(sink.batches.get(0)).hasSize(4);
    sink.answer(BatchOutcome.taken());
    tickAfter(0);
    assertThat(sink.batches.get(1)).hasSize(2);
    assertThat(queue.counts().exported()).isEqualTo(4);
    assertThat(queue.counts().waiting()).isEqualTo(2);
  }

  @Test
  void a_full_backlog_turns_spans_away() {
    tickAfter(0);
    offer(13);

    assertThat(queue.counts().waiting()).isEqualTo(10);
    assertThat(queue.counts().dropped()).containsEntry(DropReason.BACKLOG_FULL, 3L);
  }

  @Test
  void a_failed_batch_waits_twice_as_long_each_time_and_is_dropped_in_the_end() {
    offer(2);
    tickAfter(0);

    sink.fail("away");
    assertThat(tickAfter(0)).isEqualTo(MILLISECONDS.toNanos(100));
    tickAfter(99);
    assertThat(sink.batches).hasSize(1);
    tickAfter(1);
    assertThat(sink.batches).hasSize(2);
    sink.fail("away");
    assertThat(tickAfter(0)).isEqualTo(MILLISECONDS.toNanos(200));
    tickAfter(200);
    sink.fail("away");
    tickAfter(0);

    assertThat(sink.batches).hasSize(3);
    assertThat(queue.counts().dropped()).containsEntry(DropReason.UNREACHABLE, 2L);
    assertThat(queue.counts().failedBatches()).isEqualTo(3);
    assertThat(queue.idle()).isTrue();
  }

  @Test
  void the_next_batch_to_a_dead_collector_waits_too() {
    offer(5);
    tickAfter(0);
    for (int attempt = 1; attempt <= 3; attempt++) {
      sink.fail("away");
      tickAfter(0);
      tickAfter(attempt < 3 ? 1000 : 0);
    }

    assertThat(sink.batches).hasSize(3);
    tickAfter(399);
    assertThat(sink.batches).hasSize(3);
    tickAfter(1);
    assertThat(sink.batches).hasSize(4);
  }

  @Test
  void only_what_was_not_taken_is_sent_again() {
    offer(4);
    tickAfter(0);

    sink.answer(new BatchOutcome<>(1, List.of("again"), 0, "busy"));
    tickAfter(0);
    tickAfter(100);

    assertThat(queue.counts().exported()).isEqualTo(2);
    assertThat(queue.counts().dropped()).containsEntry(DropReason.REJECTED, 1L);
    assertThat(sink.batches.get(1)).containsExactly("again");
  }

  @Test
  void only_a_batch_that_was_taken_at_once_and_whole_is_given_back() {
    offer(8);
    tickAfter(0);
    sink.answer(BatchOutcome.taken());
    tickAfter(0);
    assertThat(sink.givenBack).isEqualTo(4);

    sink.fail("away");
    tickAfter(0);
    tickAfter(100);
    sink.answer(BatchOutcome.taken());
    tickAfter(0);

    assertThat(queue.counts().exported()).isEqualTo(8);
    assertThat(sink.givenBack).isEqualTo(4);
  }

  @Test
  void rejected_spans_are_not_given_back() {
    offer(4);
    tickAfter(0);
    sink.answer(BatchOutcome.refused(1, "too old"));
    tickAfter(0);

    assertThat(queue.counts().exported()).isEqualTo(3);
    assertThat(sink.givenBack).isZero();
  }

  @Test
  void a_collector_that_asks_for_a_pause_gets_it_within_reason() {
    offer(1);
    tickAfter(0);

    sink.answer(BatchOutcome.later(List.of("again"), 1_000_000_000, "slow down"));

    assertThat(tickAfter(0)).isEqualTo(MILLISECONDS.toNanos(3000));
  }

  @Test
  void a_closing_lane_tries_each_batch_once_more_and_does_not_wait() {
    offer(6);
    tickAfter(0);
    queue.closing();

    sink.fail("away");
    tickAfter(0);
    sink.fail("away");
    tickAfter(0);

    assertThat(sink.batches).hasSize(2);
    assertThat(queue.counts().dropped()).containsEntry(DropReason.CLOSED, 6L);
    assertThat(queue.idle()).isTrue();
  }

  /** Keeps what it is sent until the test lets it answer. */
  private static final class Slow implements Sink<String> {
    private final List<List<String>> batches = new ArrayList<>();
    private Promise<BatchOutcome<String>> answer = Promise.promise();
    private int givenBack;

    void answer(BatchOutcome<String> outcome) {
      answer.complete(outcome);
    }

    void fail(String why) {
      answer.fail(why);
    }

    @Override
    public String name() {
      return "slow";
    }

    @Override
    public String target() {
      return "slow sink";
    }

    @Override
    public int most() {
      return 100;
    }

    @Override
    public boolean wants(EndedSpan span) {
      return true;
    }

    @Override
    public String prepare(EndedSpan span) {
      return "span";
    }

    @Override
    public Future<BatchOutcome<String>> send(List<String> batch) {
      batches.add(batch);
      answer = Promise.promise();
      return answer.future();
    }

    @Override
    public void taken(List<String> batch) {
      givenBack += batch.size();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
