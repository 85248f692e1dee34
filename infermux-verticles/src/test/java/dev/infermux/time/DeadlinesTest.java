package dev.infermux.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DeadlinesTest {

  private static final Duration LIMIT = Duration.ofMillis(150);

  private io.vertx.core.Context loop;
  private Deadlines deadlines;
  private final List<String> late = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open(Vertx vertx) {
    loop = vertx.getOrCreateContext();
    deadlines = new Deadlines(VertxTimers.time(vertx), LIMIT);
  }

  private <T> T onLoop(Supplier<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    loop.runOnContext(here -> done.complete(task.get()));
    return done.join();
  }

  private Deadlines.Watch watch(String name) {
    return onLoop(() -> deadlines.watch(() -> late.add(name)));
  }

  @Test
  void who_is_silent_is_called_in_order_and_once() {
    watch("first");
    watch("second");

    await().until(() -> late.size() == 2);

    assertThat(late).containsExactly("first", "second");
    watch("third");
    await().until(() -> late.size() == 3);
    assertThat(late).containsExactly("first", "second", "third");
  }

  @Test
  void one_that_throws_keeps_no_other_from_being_called() {
    onLoop(
        () ->
            deadlines.watch(
                () -> {
                  throw new IllegalStateException("a bug");
                }));
    watch("other");

    await().until(() -> late.size() == 1);
  }

  @Test
  void who_was_heard_of_is_called_later() {
    Deadlines.Watch loud = watch("loud");
    watch("silent");
    loop.runOnContext(here -> loop.owner().setTimer(50, later -> loud.touch()));

    await().until(() -> late.size() == 2);

    assertThat(late).containsExactly("silent", "loud");
  }

  @Test
  void who_is_heard_of_all_the_time_is_never_called_until_he_is_silent() {
    Deadlines.Watch loud = watch("loud");
    long pulse = onLoop(() -> loop.owner().setPeriodic(1, again -> loud.touch()));
    for (int i = 0; i < 3; i++) {
      String silent = "silent " + i;
      watch(silent);
      await().until(() -> late.contains(silent));
    }

    assertThat(late).doesNotContain("loud");
    onLoop(() -> loop.owner().cancelTimer(pulse));
    await().until(() -> late.contains("loud"));
  }

  @Test
  void who_stopped_is_never_called() {
    Deadlines.Watch stopped = watch("stopped");
    onLoop(
        () -> {
          stopped.stop();
          stopped.stop();
          return null;
        });
    watch("after");

    await().until(() -> !late.isEmpty());

    assertThat(late).containsExactly("after");
  }

  @Test
  void a_watch_may_start_another_while_it_is_called() {
    onLoop(
        () ->
            deadlines.watch(
                () -> {
                  late.add("first");
                  deadlines.watch(() -> late.add("second"));
                }));

    await().until(() -> late.size() == 2);
  }

  @Test
  void many_watches_that_end_in_time_leave_at_most_one_timer() {
    List<Deadlines.Watch> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(watch("w" + i));
    }
    onLoop(
        () -> {
          all.forEach(Deadlines.Watch::stop);
          return null;
        });

    assertThat(onLoop(deadlines::isEmpty)).isTrue();
    assertThat(late).isEmpty();
  }
}
