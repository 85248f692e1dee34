package dev.infermux.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
@ExtendWith(VertxExtension.class)
class PacedWorkTest {

  private static final int MANY = 100;

  private final List<Integer> done = new ArrayList<>();

  @Test
  void a_little_is_done_at_once(Vertx vertx) {
    List<Integer> seen =
        onLoop(
            vertx,
            (work, result) -> {
              work.add(() -> done.add(1));
              result.complete(List.copyOf(done));
            });

    assertThat(seen).containsExactly(1);
  }

  @Test
  void much_lets_the_loop_do_other_things_and_all_is_done_in_its_order(Vertx vertx) {
    List<Integer> between = new ArrayList<>();

    List<Integer> all =
        onLoop(
            vertx,
            (work, result) -> {
              for (int i = 0; i < MANY; i++) {
                int number = i;
                work.add(() -> spin(number));
              }
              work.add(() -> result.complete(List.copyOf(done)));
              vertx.runOnContext(now -> between.add(done.size()));
            });

    assertThat(between).first().satisfies(size -> assertThat(size).isLessThan(MANY));
    assertThat(all).containsExactlyElementsOf(IntStream.range(0, MANY).boxed().toList());
  }

  @Test
  void one_that_throws_keeps_no_other_from_its_turn(Vertx vertx) {
    List<Integer> all =
        onLoop(
            vertx,
            (work, result) -> {
              for (int i = 0; i < 10; i++) {
                int number = i;
                work.add(
                    () -> {
                      spin(number);
                      throw new IllegalStateException("a bug, meant so");
                    });
              }
              work.add(() -> result.complete(List.copyOf(done)));
            });

    assertThat(all).hasSize(10);
  }

  @Test
  void what_waits_is_done_when_it_must_be(Vertx vertx) {
    List<Integer> all =
        onLoop(
            vertx,
            (work, result) -> {
              for (int i = 0; i < MANY; i++) {
                int number = i;
                work.add(() -> spin(number));
              }
              work.finish();
              result.complete(List.copyOf(done));
            });

    assertThat(all).hasSize(MANY);
  }

  private interface Task {
    void on(PacedWork work, Promise<List<Integer>> result);
  }

  private static List<Integer> onLoop(Vertx vertx, Task task) {
    Promise<List<Integer>> result = Promise.promise();
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    context.runOnContext(now -> task.on(new PacedWork(context), result));
    return result.future().await();
  }

  /** A millisecond of work. */
  private void spin(int number) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
    done.add(number);
  }
}
