package dev.infermux.events.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.VirtualTime;
import dev.infermux.time.Time;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EventLoopLagTest {

  private final VirtualTime time = new VirtualTime();
  private final Metrics metrics = new Metrics(System::nanoTime);

  @Test
  void timers_that_run_when_they_are_due_are_not_late() {
    new EventLoopLag(metrics, time.time()).watch();

    time.pass(Duration.ofSeconds(1));

    assertThat(text())
        .contains(
            "infermux_event_loop_lag_seconds_bucket{le=\"0.001\"} 10\n",
            "infermux_event_loop_lag_seconds_count 10\n",
            "infermux_event_loop_stalled_seconds 0.0\n");
  }

  @Test
  void blocked_event_loop_shows_while_it_is_blocked_and_after() {
    long[] blocked = {0};
    Time late =
        new Time(() -> time.nanos() + blocked[0], time.time().clock(), time.time().timers());
    EventLoopLag lag = new EventLoopLag(metrics, late);
    lag.watch();
    lag.watch();

    blocked[0] = Duration.ofSeconds(3).toNanos();

    assertThat(text()).contains("infermux_event_loop_stalled_seconds 2.9\n");
    time.pass(Duration.ofMillis(100));
    assertThat(text())
        .contains(
            "infermux_event_loop_lag_seconds_bucket{le=\"2.5\"} 0\n",
            "infermux_event_loop_lag_seconds_bucket{le=\"5.0\"} 2\n",
            "infermux_event_loop_stalled_seconds 0.0\n");
  }

  private String text() {
    return metrics.render(null).body().toString();
  }
}
