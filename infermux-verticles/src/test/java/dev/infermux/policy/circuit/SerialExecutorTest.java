package dev.infermux.policy.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

  private final SerialExecutor serial = new SerialExecutor();
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void a_task_from_within_a_task_runs_after_it() {
    serial.run(
        () -> {
          serial.run(() -> ran.add(2));
          ran.add(1);
        });

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void a_task_that_throws_does_not_stop_the_next() {
    serial.run(
        () -> {
          throw new OnPurpose();
        });
    serial.run(() -> ran.add(1));

    assertThat(ran).containsExactly(1);
  }

  @Test
  void tasks_of_many_threads_run_one_at_a_time_and_none_is_lost() throws Exception {
    int threads = 4;
    int each = 20_000;
    CountDownLatch done = new CountDownLatch(threads * each);
    int[] unguarded = new int[1];
    for (int thread = 0; thread < threads; thread++) {
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  serial.run(
                      () -> {
                        unguarded[0]++;
                        done.countDown();
                      });
                }
              })
          .start();
    }

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(unguarded[0]).isEqualTo(threads * each);
  }
}
