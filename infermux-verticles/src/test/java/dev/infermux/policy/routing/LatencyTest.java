package dev.infermux.policy.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatencyTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final AtomicLong now = new AtomicLong(1);
  private final LatencyPeers peers = new LatencyPeers();
  private final Latency measured =
      new Latency(LeastLatencyOptions.defaults().withMinSamples(2), now::get, peers);
  private final Latency other =
      new Latency(LeastLatencyOptions.defaults().withMinSamples(2), now::get, peers);

  @BeforeEach
  void know_each_other() {
    peers.replace(List.of(measured, other));
  }

  @Test
  void a_cold_provider_is_measured_by_one_call_at_a_time() {
    assertThat(measured.score()).isZero();
    assertThat(measured.claim(false)).isTrue();
    assertThat(measured.score()).isEqualTo(RoutingStrategy.UNKNOWN);
    assertThat(measured.claim(false)).isFalse();

    measured.started();
    now.addAndGet(90 * SECOND);
    assertThat(measured.claim(false)).as("a slow answer is still awaited").isFalse();

    measured.answered(90 * SECOND);
    assertThat(measured.score()).as("one sample of two").isZero();
    assertThat(measured.claim(false)).isTrue();
  }

  @Test
  void a_call_that_never_arrives_gives_its_claim_away() {
    assertThat(measured.claim(false)).isTrue();
    now.addAndGet(2 * SECOND);

    assertThat(measured.score()).isZero();
    assertThat(measured.claim(false)).isTrue();
  }

  @Test
  void failing_fast_is_slower_than_every_answer() {
    answers(other, 100 * MILLI, 2);
    fails(measured, MILLI, 2);

    assertThat(measured.score()).isCloseTo(200.0 * MILLI, within(1.0));
    assertThat(measured.answeredNanos()).as("no answer, no average").isZero();
  }

  @Test
  void two_that_fail_do_not_drive_each_other_up() {
    answers(other, 100 * MILLI, 2);
    for (int i = 0; i < 1_000; i++) {
      fails(measured, MILLI, 1);
      fails(other, MILLI, 1);
    }

    assertThat(measured.score()).isLessThanOrEqualTo(200.0 * MILLI);
  }

  @Test
  void a_stream_that_breaks_is_a_failure_although_it_began_quickly() {
    answers(other, 100 * MILLI, 2);
    answers(measured, MILLI, 2);
    double before = measured.score();

    measured.broke(5 * MILLI);

    assertThat(measured.score()).isCloseTo(0.9 * before + 0.1 * 200 * MILLI, within(1.0));
  }

  @Test
  void what_says_nothing_of_the_provider_is_no_sample() {
    measured.claim(false);
    measured.started();
    measured.ignored();

    assertThat(measured.score()).isZero();
    assertThat(measured.claim(false)).as("the next call measures").isTrue();
  }

  @Test
  void after_a_minute_without_a_call_one_call_measures_anew() {
    answers(measured, 800 * MILLI, 2);
    now.addAndGet(61 * SECOND);

    assertThat(measured.score()).isZero();
    assertThat(measured.claim(false)).isTrue();
    assertThat(measured.score()).as("meanwhile").isEqualTo(800.0 * MILLI);

    measured.started();
    measured.answered(0);
    assertThat(measured.score()).as("half of what was").isCloseTo(400.0 * MILLI, within(1.0));
  }

  @Test
  void a_provider_that_is_called_does_not_age() {
    answers(measured, 800 * MILLI, 2);
    for (int i = 0; i < 10; i++) {
      now.addAndGet(30 * SECOND);
      assertThat(measured.claim(false)).isTrue();
      assertThat(measured.score()).isEqualTo(800.0 * MILLI);
    }
  }

  private static void answers(Latency latency, long nanos, int times) {
    for (int i = 0; i < times; i++) {
      latency.claim(false);
      latency.started();
      latency.answered(nanos);
    }
  }

  private static void fails(Latency latency, long nanos, int times) {
    for (int i = 0; i < times; i++) {
      latency.claim(false);
      latency.started();
      latency.failed(nanos);
    }
  }
}
