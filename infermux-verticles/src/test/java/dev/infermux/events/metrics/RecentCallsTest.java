package dev.infermux.events.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.inference.Failure;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentCallsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RecentCalls recent = new RecentCalls(nanos::get);

  @Test
  void a_failover_is_one_call_and_an_attempt_at_each_provider() {
    recent.finished(Samples.failedOver());

    assertThat(recent.lastMinute()).isEqualTo(1);
    assertThat(recent.errorsLastMinute()).isZero();
    assertThat(recent.attemptsLastMinute("first")).isEqualTo(1);
    assertThat(recent.attemptsLastMinute("openai")).isEqualTo(1);
    assertThat(recent.attemptsLastMinute("never called")).isZero();
  }

  @Test
  void a_minute_later_only_the_total_is_left() {
    recent.finished(Samples.refused(new Failure.ModelNotFound("no")));
    assertThat(recent.errorsLastMinute()).isEqualTo(1);

    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));

    assertThat(recent.lastMinute()).isZero();
    assertThat(recent.errorsLastMinute()).isZero();
    assertThat(recent.total()).isEqualTo(1);
  }
}
