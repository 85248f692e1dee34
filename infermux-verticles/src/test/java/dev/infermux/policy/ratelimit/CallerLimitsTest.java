package dev.infermux.policy.ratelimit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerLimitsTest {

  private static final CallerLimitOptions TWO_A_MINUTE =
      CallerLimitOptions.defaults().withRates(RateLimitOptions.defaults().withRequestsPerMinute(2));

  private long now;

  @Test
  void callers_do_not_share_their_limits() {
    CallerLimits limits = limits(TWO_A_MINUTE, Map.of());
    take(limits, "a");
    take(limits, "a");

    assertThat(limiter(limits, "a").enter(1)).isNull();
    assertThat(limiter(limits, "a").refusal(1).limit()).isEqualTo("requests_per_minute: 2");
    assertThat(limiter(limits, "a").refusal(1).retryAfter()).isBetween(minutes(1), minutes(2));
    assertThat(limiter(limits, "b").enter(1)).isNotNull();
  }

  @Test
  void calls_at_once_are_given_back_when_they_end() {
    CallerLimits limits = limits(CallerLimitOptions.defaults().withMaxInFlight(1), Map.of());
    RateLimitReservation first = take(limits, "a");

    assertThat(limiter(limits, "a").enter(1)).isNull();
    assertThat(limiter(limits, "a").refusal(1).limit()).isEqualTo("max_in_flight: 1");

    first.settle(10);
    take(limits, "a").release();
    assertThat(limiter(limits, "a").enter(1)).isNotNull();
  }

  @Test
  void a_refusal_by_the_rate_takes_no_place_in_flight() {
    CallerLimits limits = limits(TWO_A_MINUTE.withMaxInFlight(3), Map.of());
    RateLimitReservation first = take(limits, "a");
    take(limits, "a");
    for (int i = 0; i < 10; i++) {
      assertThat(limiter(limits, "a").enter(1)).isNull();
    }
    first.settle(0);
    now += minutes(2).toNanos();

    take(limits, "a");
    take(limits, "a");
    assertThat(limiter(limits, "a").refusal(1).limit()).startsWith("requests_per_minute");
  }

  @Test
  void tokens_that_were_really_taken_count() {
    CallerLimits limits =
        limits(
            CallerLimitOptions.defaults()
                .withRates(RateLimitOptions.defaults().withTokensPerMinute(100)),
            Map.of());
    take(limits, "a").settle(99);

    assertThat(limiter(limits, "a").enter(2)).isNull();
    assertThat(limiter(limits, "a").refusal(2).limit()).isEqualTo("tokens_per_minute: 100");
  }

  @Test
  void a_named_caller_has_its_own_limits_and_others_may_have_none() {
    CallerLimits limits = limits(CallerLimitOptions.defaults(), Map.of("a", TWO_A_MINUTE));

    assertThat(limits.absent()).isFalse();
    assertThat(limits.of("b")).isNull();
    take(limits, "a");
    take(limits, "a");
    assertThat(limiter(limits, "a").enter(1)).isNull();
  }

  @Test
  void invented_names_take_neither_memory_nor_the_place_of_named_callers() {
    CallerLimits limits = limits(TWO_A_MINUTE, Map.of("named", TWO_A_MINUTE));
    for (int i = 0; i < 10_000; i++) {
      limiter(limits, "junk-" + i).enter(1);
    }

    assertThat(limiter(limits, "junk-20000"))
        .as("those beyond the bound share their limits")
        .isSameAs(limiter(limits, "junk-20001"));
    assertThat(limiter(limits, "named")).isNotSameAs(limiter(limits, "junk-20000"));
  }

  @Test
  void callers_that_have_gone_make_room() {
    CallerLimits limits = limits(TWO_A_MINUTE, Map.of());
    for (int i = 0; i < 10_000; i++) {
      RateLimitReservation entered = limiter(limits, "junk-" + i).enter(1);
      if (entered != null) {
        entered.settle(1);
      }
    }
    now += minutes(2).toNanos();

    take(limits, "new-a").settle(1);
    take(limits, "new-a").settle(1);
    assertThat(limiter(limits, "new-b")).isNotSameAs(limiter(limits, "new-a"));
  }

  private CallerLimits limits(CallerLimitOptions each, Map<String, CallerLimitOptions> named) {
    return new CallerLimits(each, named, () -> now);
  }

  private static CallerLimiter limiter(CallerLimits limits, String caller) {
    return requireNonNull(limits.of(caller), "not limited");
  }

  private static RateLimitReservation take(CallerLimits limits, String caller) {
    return requireNonNull(limiter(limits, caller).enter(1), "no room");
  }

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }
}
