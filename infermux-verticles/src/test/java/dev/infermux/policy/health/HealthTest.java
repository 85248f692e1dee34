package dev.infermux.policy.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthTest {

  private static final Instant FIRST = Instant.parse("2026-11-21T10:00:00Z");
  private static final Instant SECOND = FIRST.plusSeconds(60);

  private final Health health = new Health();

  @Test
  void a_provider_is_healthy_until_a_check_says_otherwise() {
    assertThat(health.view()).isEqualTo(new HealthView(true, "", "", null));

    assertThat(health.succeeded(FIRST)).as("flipped").isFalse();
    assertThat(health.view()).isEqualTo(new HealthView(true, "", "", FIRST));
  }

  @Test
  void only_a_change_is_a_flip() {
    assertThat(health.failed("connection refused", FIRST)).isTrue();
    assertThat(health.failed("answered 503", SECOND)).isFalse();
    assertThat(health.view()).isEqualTo(new HealthView(false, "answered 503", "", SECOND));

    assertThat(health.succeeded(SECOND)).isTrue();
    assertThat(health.healthy()).isTrue();
  }
}
