package dev.infermux.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Exclusion;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CooldownsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private long now = -5_000_000_000L;
  private final Cooldowns cooldowns = new Cooldowns(() -> now);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void a_rate_limit_closes_one_model_until_its_reset() {
    cooldowns.limited("a", Duration.ofSeconds(3));

    assertThat(cooldowns.exclusion("a")).isEqualTo(Exclusion.RATE_LIMIT);
    assertThat(cooldowns.left("a")).isEqualTo(Duration.ofSeconds(3));
    assertThat(cooldowns.exclusion("b")).isNull();
    assertThat(cooldowns.left("b")).isZero();
    pass(Duration.ofSeconds(3));
    assertThat(cooldowns.exclusion("a")).isNull();
    assertThat(cooldowns.left("a")).isZero();
  }

  @Test
  void of_two_resets_the_later_one_holds_and_none_beyond_an_hour() {
    cooldowns.limited("a", Duration.ofSeconds(5));
    cooldowns.limited("a", Duration.ofSeconds(2));
    assertThat(cooldowns.left("a")).isEqualTo(Duration.ofSeconds(5));

    cooldowns.limited("a", Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(cooldowns.left("a")).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void a_rate_limit_without_a_reset_is_a_hint_that_doubles_up_to_a_minute_while_it_repeats() {
    for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
      cooldowns.limited("a", null);

      assertThat(cooldowns.exclusion("a")).isEqualTo(Exclusion.COOLDOWN);
      assertThat(Exclusion.COOLDOWN.hint()).isTrue();
      assertThat(cooldowns.left("a")).isEqualTo(Duration.ofSeconds(seconds));
      pass(Duration.ofSeconds(seconds));
      assertThat(cooldowns.exclusion("a")).isNull();
      pass(SECOND);
    }
    pass(Duration.ofMinutes(2));
    cooldowns.limited("a", Duration.ZERO);
    assertThat(cooldowns.left("a")).as("long ago").isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void attempts_that_were_under_way_together_make_one_pause() {
    long before = now;
    pass(SECOND);
    cooldowns.limited("a", null);
    pass(SECOND);
    cooldowns.limited("a", null);
    assertThat(cooldowns.left("a")).isEqualTo(Duration.ofSeconds(4));

    cooldowns.answered("a", before);
    assertThat(cooldowns.exclusion("a")).as("asked before").isEqualTo(Exclusion.COOLDOWN);
    cooldowns.answered("a", now);
    assertThat(cooldowns.exclusion("a")).as("asked since").isNull();
    cooldowns.limited("a", null);
    assertThat(cooldowns.left("a")).as("no longer in a row").isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_spent_account_closes_all_models_for_a_minute() {
    cooldowns.spent();

    assertThat(cooldowns.exclusion("whatever")).isEqualTo(Exclusion.QUOTA);
    assertThat(cooldowns.left("whatever")).isEqualTo(Duration.ofMinutes(1));
    cooldowns.answered("whatever", now);
    assertThat(cooldowns.closed()).isTrue();
    pass(Duration.ofMinutes(1));
    assertThat(cooldowns.exclusion("whatever")).isNull();
    assertThat(cooldowns.closed()).isFalse();
  }

  @Test
  void an_unknown_model_is_a_hint_for_a_minute_and_never_lifts_a_rate_limit() {
    cooldowns.unknown("a");
    assertThat(cooldowns.exclusion("a")).isEqualTo(Exclusion.UNKNOWN_MODEL);
    assertThat(Exclusion.UNKNOWN_MODEL.hint()).isTrue();
    assertThat(cooldowns.exclusion("b")).isNull();

    cooldowns.limited("a", Duration.ofMinutes(2));
    cooldowns.unknown("a");
    cooldowns.limited("a", null);
    assertThat(cooldowns.exclusion("a")).isEqualTo(Exclusion.RATE_LIMIT);
    pass(Duration.ofMinutes(2));
    assertThat(cooldowns.exclusion("a")).isNull();
  }

  @Test
  void all_that_counts_is_listed_and_forgotten_by_hand() {
    cooldowns.limited("b", Duration.ofSeconds(9));
    cooldowns.unknown("a");
    cooldowns.spent();
    pass(SECOND);

    assertThat(cooldowns.current())
        .containsExactly(
            new Cooldown("", Exclusion.QUOTA, Duration.ofSeconds(59)),
            new Cooldown("a", Exclusion.UNKNOWN_MODEL, Duration.ofSeconds(59)),
            new Cooldown("b", Exclusion.RATE_LIMIT, Duration.ofSeconds(8)));
    cooldowns.clear();
    assertThat(cooldowns.current()).isEmpty();
    assertThat(cooldowns.exclusion("b")).isNull();
  }

  @Test
  void whatever_names_come_only_some_are_remembered_and_the_longest_wait_is_among_them() {
    Random random = new Random(7);
    cooldowns.limited("known", Duration.ofMinutes(50));
    for (int i = 0; i < 100_000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> cooldowns.unknown("x" + i);
        case 1 -> cooldowns.limited("x" + i, null);
        default -> cooldowns.limited("x" + i, Duration.ofSeconds(1 + random.nextInt(100)));
      }
      pass(Duration.ofMillis(random.nextInt(20)));
    }

    assertThat(cooldowns.current()).hasSizeLessThanOrEqualTo(Cooldowns.MOST_MODELS);
    assertThat(cooldowns.exclusion("known")).isEqualTo(Exclusion.RATE_LIMIT);
  }
}
