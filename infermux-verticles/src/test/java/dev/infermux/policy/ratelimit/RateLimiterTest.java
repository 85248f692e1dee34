package dev.infermux.policy.ratelimit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final Duration SLOT = Duration.ofMillis(250);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Anywhere, as {@link System#nanoTime()} is, and about to overflow. */
  private long now = Long.MAX_VALUE - 1_000;

  private RateLimiter ceiling(long requests, long tokens) {
    return new RateLimiter(new RateLimitOptions(requests, tokens), () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static RateLimitReservation taken(RateLimiter limiter, long tokens) {
    return requireNonNull(limiter.reserve(tokens), "no room");
  }

  @Test
  void requests_beyond_the_limit_are_refused_until_a_minute_has_passed() {
    RateLimiter limiter = ceiling(2, RateLimitOptions.UNLIMITED);
    taken(limiter, 10);
    taken(limiter, 10);

    assertThat(limiter.hasRoom(0)).isFalse();
    assertThat(limiter.reserve(0)).isNull();
    assertThat(limiter.requestsLeft()).isZero();

    pass(MINUTE);
    assertThat(limiter.hasRoom(0)).as("the slot's end is not a minute ago").isFalse();
    pass(SLOT);
    assertThat(limiter.hasRoom(0)).isTrue();
    assertThat(limiter.requestsLeft()).isEqualTo(2);
  }

  @Test
  void tokens_beyond_the_limit_are_refused_while_smaller_attempts_still_fit() {
    RateLimiter limiter = ceiling(RateLimitOptions.UNLIMITED, 100);
    taken(limiter, 70);

    assertThat(limiter.hasRoom(31)).isFalse();
    assertThat(limiter.hasRoom(30)).isTrue();
    assertThat(limiter.tokensLeft()).isEqualTo(30);
    assertThat(limiter.requestsLeft()).isEqualTo(RateLimitOptions.UNLIMITED);
  }

  @Test
  void a_settled_attempt_counts_what_it_really_took() {
    RateLimiter limiter = ceiling(10, 100);
    RateLimitReservation cheap = taken(limiter, 60);
    RateLimitReservation dear = taken(limiter, 20);

    cheap.settle(10);
    assertThat(limiter.tokensLeft()).isEqualTo(70);
    dear.settle(500);
    assertThat(limiter.tokensLeft()).isZero();
    assertThat(limiter.hasRoom(0)).isFalse();
    assertThat(limiter.requestsLeft()).as("requests stay taken").isEqualTo(8);
  }

  @Test
  void a_correction_counts_at_the_moment_of_the_reservation() {
    RateLimiter limiter = ceiling(10, 100);
    RateLimitReservation slow = taken(limiter, 10);
    pass(Duration.ofSeconds(40));

    slow.settle(90);

    assertThat(limiter.untilRoom(20)).isBetween(Duration.ofSeconds(20), Duration.ofMillis(20_250));
  }

  @Test
  void an_attempt_that_outlives_the_minute_changes_nothing_any_more() {
    RateLimiter limiter = ceiling(10, 100);
    RateLimitReservation stream = taken(limiter, 50);
    pass(MINUTE.multipliedBy(3));
    taken(limiter, 40);

    stream.settle(5_000);

    assertThat(limiter.tokensLeft()).isEqualTo(60);
    assertThat(limiter.requestsLeft()).isEqualTo(9);
  }

  @Test
  void a_released_attempt_gives_back_its_request_and_its_tokens() {
    RateLimiter limiter = ceiling(1, 100);

    taken(limiter, 100).release();

    assertThat(limiter.requestsLeft()).isOne();
    assertThat(limiter.tokensLeft()).isEqualTo(100);
  }

  @Test
  void only_the_first_ending_counts() {
    RateLimiter limiter = ceiling(10, 100);
    RateLimitReservation settled = taken(limiter, 40);
    RateLimitReservation released = taken(limiter, 40);

    settled.settle(30);
    settled.release();
    settled.settle(99);
    released.release();
    released.release();
    released.settle(99);

    assertThat(limiter.tokensLeft()).isEqualTo(70);
    assertThat(limiter.requestsLeft()).isEqualTo(9);
  }

  @Test
  void an_attempt_beyond_the_whole_limit_goes_when_nothing_else_counts() {
    RateLimiter limiter = ceiling(10, 100);
    RateLimitReservation small = taken(limiter, 1);

    assertThat(limiter.reserve(5_000)).isNull();
    assertThat(limiter.untilRoom(5_000)).isBetween(MINUTE, MINUTE.plus(SLOT));
    small.release();
    assertThat(limiter.reserve(5_000)).isNotNull();
    assertThat(limiter.hasRoom(1)).isFalse();
  }

  @Test
  void nonsense_counts_do_not_use_the_limit_up() {
    RateLimiter limiter = ceiling(10, 100);
    taken(limiter, 0).settle(Long.MAX_VALUE);
    assertThat(limiter.tokensLeft()).isZero();

    pass(MINUTE.plus(SLOT));

    assertThat(limiter.tokensLeft()).isEqualTo(100);
    taken(limiter, Long.MAX_VALUE).release();
    taken(limiter, -7).settle(Long.MIN_VALUE);
    assertThat(limiter.tokensLeft()).isEqualTo(100);
  }

  @Test
  void without_limits_there_is_always_room() {
    RateLimiter limiter = new RateLimiter(RateLimitOptions.defaults(), () -> now);
    RateLimitReservation first = taken(limiter, Long.MAX_VALUE);

    assertThat(limiter.reserve(1)).as("nothing is allocated").isSameAs(first);
    assertThat(limiter.requestsLeft()).isEqualTo(RateLimitOptions.UNLIMITED);
    assertThat(limiter.tokensLeft()).isEqualTo(RateLimitOptions.UNLIMITED);
    assertThat(limiter.untilRoom(1)).isZero();
  }
}
