package dev.infermux.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads at one ceiling, on a clock that stands or is moved by them. */
class CeilingStressTest {

  private static final int THREADS = 8;
  private static final int ROUNDS = 20_000;

  private final AtomicLong now = new AtomicLong();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void exactly_as_much_is_let_through_as_the_limits_allow() throws Exception {
    RateLimiter limiter = new RateLimiter(new RateLimitOptions(1_000, 7_000), now::get);

    long admitted = inParallel(random -> limiter.reserve(10) == null ? 0 : 1);

    assertThat(admitted).isEqualTo(700);
    assertThat(limiter.requestsLeft()).isEqualTo(300);
    assertThat(limiter.tokensLeft()).isZero();
  }

  @Test
  void nothing_is_lost_or_made_up_between_threads() throws Exception {
    RateLimiter limiter = new RateLimiter(new RateLimitOptions(1_000_000, 1L << 40), now::get);

    long settled =
        inParallel(
            random -> {
              RateLimitReservation reservation = limiter.reserve(random.nextInt(100));
              if (reservation == null) {
                throw new AssertionError("there was room for all");
              }
              if (random.nextBoolean()) {
                reservation.release();
                return 0;
              }
              int tokens = random.nextInt(100);
              reservation.settle(tokens);
              return tokens;
            });

    assertThat(limiter.tokensLeft()).isEqualTo((1L << 40) - settled);
  }

  @Test
  void all_comes_back_while_time_moves_on_every_thread() throws Exception {
    RateLimiter limiter = new RateLimiter(new RateLimitOptions(50, 5_000), now::get);

    inParallel(
        random -> {
          now.addAndGet(random.nextLong(RollingCount.SLOT_NANOS));
          RateLimitReservation reservation = limiter.reserve(random.nextInt(500));
          if (reservation != null) {
            reservation.release();
          }
          return 0;
        });

    assertThat(limiter.requestsLeft()).isEqualTo(50);
    assertThat(limiter.tokensLeft()).isEqualTo(5_000);
  }

  private long inParallel(Step step) throws Exception {
    List<Future<Long>> sums = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      SplittableRandom random = new SplittableRandom(thread);
      sums.add(
          threads.submit(
              () -> {
                long sum = 0;
                for (int round = 0; round < ROUNDS; round++) {
                  sum += step.run(random);
                }
                return sum;
              }));
    }
    long sum = 0;
    for (Future<Long> one : sums) {
      sum += one.get();
    }
    return sum;
  }

  /** What one thread does once; the results are added up. */
  private interface Step {
    long run(SplittableRandom random);
  }
}
