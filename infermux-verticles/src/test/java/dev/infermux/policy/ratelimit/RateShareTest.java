package dev.infermux.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RateShareTest {

  private static final RateDemand NONE = RateDemand.NONE;

  private long now = Long.MAX_VALUE - 1_000;

  @Test
  void a_node_alone_or_cut_off_keeps_its_equal_part() {
    assertThat(RateShare.equal(1, 1).requests()).isEqualTo(1);
    assertThat(RateShare.equal(1, 3).requests()).isCloseTo(1.0 / 3, within(1e-9));
    RateDemand much = new RateDemand(1000, 1000);
    assertThat(RateShare.of(1, 3, much, much).requests()).isCloseTo(1.0 / 3, within(1e-9));
  }

  @Test
  void demand_moves_all_but_three_tenths() {
    RateDemand all = new RateDemand(30, 300);

    RateShare busy = RateShare.of(3, 3, new RateDemand(30, 0), all);
    RateShare idle = RateShare.of(3, 3, NONE, all);

    assertThat(busy.requests()).isCloseTo(0.8, within(1e-9));
    assertThat(idle.requests()).isCloseTo(0.1, within(1e-9));
    assertThat(busy.tokens()).isCloseTo(0.1, within(1e-9));
    assertThat(busy.ofRequests(600)).isEqualTo(480);
    assertThat(busy.ofRequests(RateLimitOptions.UNLIMITED)).isEqualTo(RateLimitOptions.UNLIMITED);
  }

  @Test
  void shares_of_all_nodes_are_the_whole_limit() {
    double[] demands = {0.2, 17, 900};
    double sum = 0;
    for (double demand : demands) {
      sum += RateShare.of(3, 3, new RateDemand(demand, 0), new RateDemand(917.2, 0)).requests();
    }
    assertThat(sum).isCloseTo(1, within(1e-9));
  }

  @Test
  void a_lie_about_demand_leaves_the_floor_and_frees_nothing() {
    RateDemand own = new RateDemand(10, 10);
    RateDemand lie = new RateDemand(Double.MAX_VALUE, Double.NaN);

    RateShare share = RateShare.of(3, 3, own, own.plus(lie));

    assertThat(share.requests()).isBetween(0.1, 0.1001);
    assertThat(share.tokens()).isBetween(0.0, 1.0);
    assertThat(RateShare.of(3, 3, own, NONE).requests()).isLessThanOrEqualTo(1);
  }

  @Test
  void limiter_keeps_to_its_share_and_says_what_was_asked() {
    RateLimiter limiter = new RateLimiter(new RateLimitOptions(100, 1000), () -> now);
    limiter.share(new RateShare(0.3, 0.5));

    int admitted = 0;
    for (int i = 0; i < 50; i++) {
      admitted += limiter.reserve(1) == null ? 0 : 1;
    }

    assertThat(admitted).isEqualTo(30);
    assertThat(limiter.tokensLeft()).isEqualTo(470);
    assertThat(limiter.hasRoom(1)).isFalse();
    assertThat(limiter.demand()).isEqualTo(new RateDemand(51, 51));
    assertThat(limiter.demand()).isEqualTo(NONE);
    limiter.share(RateShare.ALL);
    assertThat(limiter.requestsLeft()).isEqualTo(70);
  }

  @Test
  void callers_that_come_later_have_their_share_from_the_first_call() {
    CallerLimitOptions each =
        CallerLimitOptions.defaults()
            .withRates(RateLimitOptions.defaults().withRequestsPerMinute(9))
            .withMaxInFlight(6);
    CallerLimits limits = new CallerLimits(each, Map.of(), () -> now);
    limits.share(caller -> RateShare.equal(3, 3));
    CallerLimiter limiter = limits.of("late");

    int admitted = 0;
    for (int i = 0; i < 9; i++) {
      RateLimitReservation room = limiter.enter(0);
      admitted += room == null ? 0 : 1;
      if (room != null) {
        room.settle(0);
      }
    }

    assertThat(admitted).isEqualTo(3);
    limits.replace(each.withMaxInFlight(7), Map.of());
    assertThat(limits.of("late").enter(0)).as("the same share of other limits").isNull();
    assertThat(limits.of("new").enter(0)).isNotNull();
    assertThat(limits.of("new").enter(0)).as("two of seven in flight").isNotNull();
    assertThat(limits.of("new").enter(0)).isNull();
  }
}
