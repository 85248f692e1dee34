package dev.infermux.policy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryPolicyTest {

  private static final RetryDecision NEXT = new RetryDecision.Next();
  private static final RetryDecision SURFACE = new RetryDecision.Surface();

  private final RetryPolicy policy =
      new RetryPolicy(RetryOptions.defaults(), FailoverOptions.defaults());

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION", "SERVER_ERROR", "MALFORMED", "CUT", "RATE_LIMITED"})
  void what_passes_soon_is_tried_once_more_in_place_and_then_elsewhere(FailureClass failure) {
    assertThat(after(failure, null, 0, 0.5)).isEqualTo(retry(250));
    assertThat(after(failure, null, 1, 0.5)).isEqualTo(NEXT);
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENCE", "UNAUTHORIZED", "CONTEXT_LENGTH"})
  void what_another_provider_may_do_better_goes_there_at_once(FailureClass failure) {
    assertThat(after(failure, null, 0, 0.5)).isEqualTo(NEXT);
  }

  @ParameterizedTest
  @EnumSource(names = {"CALLER_FAULT", "CANCELLED"})
  void what_is_the_callers_own_goes_back(FailureClass failure) {
    assertThat(after(failure, null, 0, 0.5)).isEqualTo(SURFACE);
  }

  @Test
  void pause_is_drawn_around_the_backoff_and_doubles() {
    RetryPolicy patient =
        new RetryPolicy(RetryOptions.defaults().withAttempts(3), FailoverOptions.defaults());

    assertThat(patient.after(FailureClass.SERVER_ERROR, null, 0, 0)).isEqualTo(retry(125));
    assertThat(patient.after(FailureClass.SERVER_ERROR, null, 0, 1)).isEqualTo(retry(375));
    assertThat(patient.after(FailureClass.SERVER_ERROR, null, 1, 0.5)).isEqualTo(retry(500));
    assertThat(patient.after(FailureClass.SERVER_ERROR, null, 2, 0.5)).isEqualTo(retry(1000));
    assertThat(patient.after(FailureClass.SERVER_ERROR, null, 3, 0.5)).isEqualTo(NEXT);
  }

  @Test
  void rate_limit_is_waited_for_only_when_the_wait_is_short_and_never_too_little() {
    Duration second = Duration.ofSeconds(1);

    RetryDecision short0 = after(FailureClass.RATE_LIMITED, second, 0, 0);
    RetryDecision short1 = after(FailureClass.RATE_LIMITED, second, 0, 1);

    assertThat(((RetryDecision.Retry) short0).pause()).isGreaterThan(second);
    assertThat(((RetryDecision.Retry) short1).pause()).isBetween(second, Duration.ofMillis(1200));
    assertThat(after(FailureClass.RATE_LIMITED, Duration.ofSeconds(3), 0, 0))
        .isInstanceOf(RetryDecision.Retry.class);
    assertThat(after(FailureClass.RATE_LIMITED, Duration.ofMillis(3001), 0, 0)).isEqualTo(NEXT);
    assertThat(after(FailureClass.RATE_LIMITED, second, 1, 0)).isEqualTo(NEXT);
  }

  @ParameterizedTest
  @EnumSource
  void without_retry_and_failover_every_failure_surfaces(FailureClass failure) {
    RetryPolicy none =
        new RetryPolicy(
            RetryOptions.defaults().withAttempts(0), FailoverOptions.defaults().withEnabled(false));

    assertThat(none.after(failure, null, 0, 0.5)).isEqualTo(SURFACE);
    assertThat(none.failsOver()).isFalse();
  }

  private RetryDecision after(
      FailureClass failure, @Nullable Duration retryAfter, int retries, double jitter) {
    return policy.after(failure, retryAfter, retries, jitter);
  }

  private static RetryDecision retry(long millis) {
    return new RetryDecision.Retry(Duration.ofMillis(millis));
  }
}
