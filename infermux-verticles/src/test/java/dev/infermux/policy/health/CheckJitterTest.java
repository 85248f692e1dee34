package dev.infermux.policy.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckJitterTest {

  private final long seed = new Random().nextLong();
  private final CheckJitter jitter = new CheckJitter(new Random(seed));

  @Test
  void times_spread_by_a_tenth_to_either_side() {
    Set<Duration> times = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      times.add(jitter.around(Duration.ofSeconds(60)));
    }

    assertThat(times)
        .as("seed %d", seed)
        .hasSizeGreaterThan(900)
        .allMatch(time -> time.compareTo(Duration.ofSeconds(54)) >= 0)
        .allMatch(time -> time.compareTo(Duration.ofSeconds(66)) <= 0)
        .anyMatch(time -> time.compareTo(Duration.ofSeconds(56)) < 0)
        .anyMatch(time -> time.compareTo(Duration.ofSeconds(64)) > 0);
  }

  @Test
  void the_same_seed_gives_the_same_times() {
    CheckJitter again = new CheckJitter(new Random(seed));

    for (int i = 0; i < 20; i++) {
      assertThat(jitter.around(Duration.ofMinutes(1)))
          .isEqualTo(again.around(Duration.ofMinutes(1)));
    }
  }

  @Test
  void no_time_shrinks_to_nothing() {
    assertThat(jitter.around(Duration.ofNanos(1))).isPositive();
  }
}
