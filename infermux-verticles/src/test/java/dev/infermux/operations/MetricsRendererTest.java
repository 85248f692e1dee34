package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.metrics.Metrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class MetricsRendererTest {

  private static final long SLICE_NANOS = 20_000;

  private final AtomicLong nanos = new AtomicLong();
  private final Metrics metrics = new Metrics(nanos::get);
  private final List<Boolean> onEventLoop = new CopyOnWriteArrayList<>();

  @Test
  void first_text_is_made_on_a_worker_and_the_next_by_the_event_loop_that_asks(Vertx vertx)
      throws Exception {
    tellsItsThread();

    scrape(vertx);
    scrape(vertx);

    assertThat(onEventLoop).containsExactly(false, true);
  }

  @Test
  void worker_reads_what_is_known_of_the_jvm(Vertx vertx) throws Exception {
    tellsItsThread();
    scrape(vertx);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());

    scrape(vertx);
    scrape(vertx);

    assertThat(onEventLoop).containsExactly(false, false, true);
  }

  @Test
  void worker_makes_a_long_text(Vertx vertx) throws Exception {
    tellsItsThread();
    metrics.gauge("a_long_one", "x".repeat(64 * 1024), () -> 1);

    scrape(vertx);
    scrape(vertx);

    assertThat(onEventLoop).containsExactly(false, false);
  }

  @Test
  void caller_of_another_thread_gets_the_same_text(Vertx vertx) throws Exception {
    tellsItsThread();
    String first = scrape(vertx);

    String second =
        text(new MetricsRenderer(vertx, metrics).render("").map(t -> t.body().toString()));

    assertThat(second).isEqualTo(first).isEqualTo(scrape(vertx)).contains("thread 1.0");
    assertThat(onEventLoop).containsExactly(false, false, true);
  }

  @Test
  void event_loop_does_what_is_due_between_two_slices(Vertx vertx) throws Exception {
    AtomicBoolean due = new AtomicBoolean();
    List<Boolean> seen = new CopyOnWriteArrayList<>();
    metrics.gauge(
        "a",
        "Takes a slice.",
        () -> {
          if (Context.isOnEventLoopThread()) {
            vertx.timer(1, TimeUnit.NANOSECONDS).onSuccess(now -> due.set(true));
          }
          return nanos.addAndGet(SLICE_NANOS);
        });
    metrics.gauge("b", "Comes after it.", () -> seen.add(due.get()) ? 1 : 0);

    scrape(vertx);
    String text = scrape(vertx);

    assertThat(seen).containsExactly(false, true);
    assertThat(text).contains("\na " + (double) 2 * SLICE_NANOS, "\nb 1.0");
  }

  private void tellsItsThread() {
    metrics.gauge(
        "thread",
        "Where it is read.",
        () -> onEventLoop.add(Context.isOnEventLoopThread()) ? 1 : 0);
  }

  private String scrape(Vertx vertx) throws Exception {
    MetricsRenderer renderer = new MetricsRenderer(vertx, metrics);
    return text(
        Future.future(
            asked ->
                vertx
                    .getOrCreateContext()
                    .runOnContext(
                        on ->
                            renderer.render("").map(t -> t.body().toString()).onComplete(asked))));
  }

  private static String text(Future<String> text) throws Exception {
    return text.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
