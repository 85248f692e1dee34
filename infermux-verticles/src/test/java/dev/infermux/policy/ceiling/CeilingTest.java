package dev.infermux.policy.ceiling;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CeilingTest {

  private static final Duration SLOT = Duration.ofMillis(250);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Anywhere, as {@link System#nanoTime()} is, and about to overflow. */
  private long now = Long.MAX_VALUE - 1_000;

  private Ceiling ceiling(long requests, long tokens) {
    return new Ceiling(new CeilingOptions(requests, tokens), () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static Reservation taken(Ceiling ceiling, long tokens) {
    return requireNonNull(ceiling.reserve(tokens), "no room");
  }

  @Test
  void requests_beyond_the_limit_are_refused_until_a_minute_has_passed() {
    Ceiling ceiling = ceiling(2, CeilingOptions.UNLIMITED);
    taken(ceiling, 10);
    taken(ceiling, 10);

    assertThat(ceiling.hasRoom(0)).isFalse();
    assertThat(ceiling.reserve(0)).isNull();
    assertThat(ceiling.requestsLeft()).isZero();

    pass(MINUTE);
    assertThat(ceiling.hasRoom(0)).as("the slot's end is not a minute ago").isFalse();
    pass(SLOT);
    assertThat(ceiling.hasRoom(0)).isTrue();
    assertThat(ceiling.requestsLeft()).isEqualTo(2);
  }

  @Test
  void tokens_beyond_the_limit_are_refused_while_smaller_attempts_still_fit() {
    Ceiling ceiling = ceiling(CeilingOptions.UNLIMITED, 100);
    taken(ceiling, 70);

    assertThat(ceiling.hasRoom(31)).isFalse();
    assertThat(ceiling.hasRoom(30)).isTrue();
    assertThat(ceiling.tokensLeft()).isEqualTo(30);
    assertThat(ceiling.requestsLeft()).isEqualTo(CeilingOptions.UNLIMITED);
  }

  @Test
  void a_settled_attempt_counts_what_it_really_took() {
    Ceiling ceiling = ceiling(10, 100);
    Reservation cheap = taken(ceiling, 60);
    Reservation dear = taken(ceiling, 20);

    cheap.settle(10);
    assertThat(ceiling.tokensLeft()).isEqualTo(70);
    dear.settle(500);
    assertThat(ceiling.tokensLeft()).isZero();
    assertThat(ceiling.hasRoom(0)).isFalse();
    assertThat(ceiling.requestsLeft()).as("requests stay taken").isEqualTo(8);
  }

  @Test
  void a_correction_counts_at_the_moment_of_the_reservation() {
    Ceiling ceiling = ceiling(10, 100);
    Reservation slow = taken(ceiling, 10);
    pass(Duration.ofSeconds(40));

    slow.settle(90);

    assertThat(ceiling.untilRoom(20)).isBetween(Duration.ofSeconds(20), Duration.ofMillis(20_250));
  }

  @Test
  void an_attempt_that_outlives_the_minute_changes_nothing_any_more() {
    Ceiling ceiling = ceiling(10, 100);
    Reservation stream = taken(ceiling, 50);
    pass(MINUTE.multipliedBy(3));
    taken(ceiling, 40);

    stream.settle(5_000);

    assertThat(ceiling.tokensLeft()).isEqualTo(60);
    assertThat(ceiling.requestsLeft()).isEqualTo(9);
  }

  @Test
  void a_released_attempt_gives_back_its_request_and_its_tokens() {
    Ceiling ceiling = ceiling(1, 100);

    taken(ceiling, 100).release();

    assertThat(ceiling.requestsLeft()).isOne();
    assertThat(ceiling.tokensLeft()).isEqualTo(100);
  }

  @Test
  void only_the_first_ending_counts() {
    Ceiling ceiling = ceiling(10, 100);
    Reservation settled = taken(ceiling, 40);
    Reservation released = taken(ceiling, 40);

    settled.settle(30);
    settled.release();
    settled.settle(99);
    released.release();
    released.release();
    released.settle(99);

    assertThat(ceiling.tokensLeft()).isEqualTo(70);
    assertThat(ceiling.requestsLeft()).isEqualTo(9);
  }

  @Test
  void an_attempt_beyond_the_whole_limit_goes_when_nothing_else_counts() {
    Ceiling ceiling = ceiling(10, 100);
    Reservation small = taken(ceiling, 1);

    assertThat(ceiling.reserve(5_000)).isNull();
    assertThat(ceiling.untilRoom(5_000)).isBetween(MINUTE, MINUTE.plus(SLOT));
    small.release();
    assertThat(ceiling.reserve(5_000)).isNotNull();
    assertThat(ceiling.hasRoom(1)).isFalse();
  }

  @Test
  void nonsense_counts_do_not_wear_the_ceiling_out() {
    Ceiling ceiling = ceiling(10, 100);
    taken(ceiling, 0).settle(Long.MAX_VALUE);
    assertThat(ceiling.tokensLeft()).isZero();

    pass(MINUTE.plus(SLOT));

    assertThat(ceiling.tokensLeft()).isEqualTo(100);
    taken(ceiling, Long.MAX_VALUE).release();
    taken(ceiling, -7).settle(Long.MIN_VALUE);
    assertThat(ceiling.tokensLeft()).isEqualTo(100);
  }

  @Test
  void a_provider_that_asks_for_a_pause_gets_it_whatever_the_limits_leave() {
    Ceiling ceiling = ceiling(10, 100);

    ceiling.closeFor(Duration.ofSeconds(3));

    assertThat(ceiling.closed()).isTrue();
    assertThat(ceiling.hasRoom(1)).isFalse();
    assertThat(ceiling.reserve(1)).isNull();
    assertThat(ceiling.requestsLeft()).isZero();
    assertThat(ceiling.untilRoom(1)).isEqualTo(Duration.ofSeconds(3));
    pass(Duration.ofSeconds(3));
    assertThat(ceiling.closed()).isFalse();
    assertThat(ceiling.reserve(1)).isNotNull();
  }

  @Test
  void of_two_pauses_the_one_that_ends_later_holds() {
    Ceiling ceiling = ceiling(10, 100);

    ceiling.closeFor(Duration.ofSeconds(5));
    ceiling.closeFor(Duration.ofSeconds(2));
    ceiling.closeFor(Duration.ofSeconds(-1));
    assertThat(ceiling.untilRoom(1)).isEqualTo(Duration.ofSeconds(5));

    ceiling.closeFor(Duration.ofSeconds(9));
    assertThat(ceiling.untilRoom(1)).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void a_pause_without_end_does_not_overflow() {
    Ceiling ceiling = ceiling(10, 100);

    ceiling.closeFor(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(ceiling.untilRoom(1)).isGreaterThan(Duration.ofDays(3_650));
  }

  @Test
  void the_wait_ends_when_both_the_limits_and_the_pause_allow() {
    Ceiling ceiling = ceiling(1, 100);
    taken(ceiling, 1);

    ceiling.closeFor(Duration.ofSeconds(10));
    assertThat(ceiling.untilRoom(1)).isBetween(MINUTE, MINUTE.plus(SLOT));
    ceiling.closeFor(Duration.ofSeconds(100));
    assertThat(ceiling.untilRoom(1)).isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void without_limits_there_is_always_room_unless_the_provider_asked_for_a_pause() {
    Ceiling ceiling = new Ceiling(CeilingOptions.unlimited(), () -> now);
    Reservation first = taken(ceiling, Long.MAX_VALUE);

    assertThat(ceiling.reserve(1)).as("nothing is allocated").isSameAs(first);
    assertThat(ceiling.requestsLeft()).isEqualTo(CeilingOptions.UNLIMITED);
    assertThat(ceiling.tokensLeft()).isEqualTo(CeilingOptions.UNLIMITED);
    assertThat(ceiling.untilRoom(1)).isZero();

    ceiling.closeFor(Duration.ofSeconds(1));
    assertThat(ceiling.reserve(1)).isNull();
    assertThat(ceiling.requestsLeft()).isZero();
    assertThat(ceiling.untilRoom(1)).isEqualTo(Duration.ofSeconds(1));
  }
}
