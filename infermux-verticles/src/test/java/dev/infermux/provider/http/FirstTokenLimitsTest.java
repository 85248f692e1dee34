package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.VirtualTime;
import dev.infermux.time.Time;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FirstTokenLimitsTest {

  private final Time time = new VirtualTime().time();

  @Test
  void the_last_provider_may_think_for_minutes() {
    FirstTokenLimits limits = FirstTokenLimits.of(time, null);

    assertThat(limits.of(false).limit()).isEqualTo(Duration.ofSeconds(60));
    assertThat(limits.of(true).limit()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void what_is_configured_counts_for_all() {
    FirstTokenLimits limits = FirstTokenLimits.of(time, Duration.ofSeconds(7));

    assertThat(limits.of(false).limit()).isEqualTo(Duration.ofSeconds(7));
    assertThat(limits.of(true).limit()).isEqualTo(Duration.ofSeconds(7));
  }
}
