package dev.infermux.policy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetryPolicyTest {

  private static final RetryDecision NEXT = new RetryDecision.Next(false);
  private static final RetryDecision SURFACE = new RetryDecision.Surface();

  private final RetryPolicy policy =
      new RetryPolicy(RetryOptions.defaults(), FailoverOptions.defaults());

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION", "SERVER_ERROR", "CUT", "TRANSIENT"})
  void what_passes_soon_is_tried_once_more_in_place_and_then_elsewhere(FailureClass kind) {
    assertThat(after(kind, null, 0, 0.5)).isEqualTo(retry(250));
    assertThat(after(kind, null, 1, 0.5)).isEqualTo(NEXT);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"MALFORMED", "SILENCE", "UNAUTHORIZED", "QUOTA", "NOT_FOUND", "CONTEXT_LENGTH"})
  void what_another_provider_may_do_better_goes_there_at_once(FailureClass kind) {
    assertThat(after(kind, null, 0, 0.5)).isEqualTo(NEXT);
  }

  @Test
  void too_large_a_request_goes_to_one_other_provider_only() {
    assertThat(after(FailureClass.TOO_LARGE, null, 0, 0.5)).isEqualTo(new RetryDecision.Next(true));
  }

  @ParameterizedTest
  @EnumSource(names = {"CALLER_FAULT", "CANCELLED"})
  void what_is_the_callers_own_goes_back(FailureClass kind) {
    assertThat(after(kind, null, 0, 0.5)).isEqualTo(SURFACE);
  }

  @Test
  void pause_is_drawn_around_the_backoff_and_doubles() {
    RetryPolicy patient =
        new RetryPolicy(RetryOptions.defaults().withAttempts(3), FailoverOptions.defaults());
    Failure failure = failure(FailureClass.SERVER_ERROR, null, false);

    assertThat(patient.after(failure, 0, 0)).isEqualTo(retry(125));
    assertThat(patient.after(failure, 0, 1)).isEqualTo(retry(375));
    assertThat(patient.after(failure, 1, 0.5)).isEqualTo(retry(500));
    assertThat(patient.after(failure, 2, 0.5)).isEqualTo(retry(1000));
    assertThat(patient.after(failure, 3, 0.5)).isEqualTo(NEXT);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "SERVER_ERROR", "TRANSIENT"})
  void retry_after_is_waited_for_only_when_it_is_short_and_never_too_little(FailureClass kind) {
    Duration second = Duration.ofSeconds(1);

    RetryDecision short0 = after(kind, second, 0, 0);
    RetryDecision short1 = after(kind, second, 0, 1);

    assertThat(((RetryDecision.Retry) short0).pause()).isGreaterThan(second);
    assertThat(((RetryDecision.Retry) short1).pause()).isBetween(second, Duration.ofMillis(1200));
    assertThat(after(kind, Duration.ofSeconds(3), 0, 0)).isInstanceOf(RetryDecision.Retry.class);
    assertThat(after(kind, Duration.ofMillis(3001), 0, 0)).isEqualTo(NEXT);
    assertThat(after(kind, second, 1, 0)).isEqualTo(NEXT);
  }

  @Test
  void rate_limit_without_a_time_is_waited_for_only_where_nobody_else_can_be_asked() {
    RetryPolicy alone =
        new RetryPolicy(RetryOptions.defaults(), FailoverOptions.defaults().withEnabled(false));

    assertThat(after(FailureClass.RATE_LIMITED, null, 0, 0.5))
        .isEqualTo(new RetryDecision.NextElseRetry(Duration.ofMillis(250)));
    assertThat(after(FailureClass.RATE_LIMITED, null, 1, 0.5)).isEqualTo(NEXT);
    assertThat(alone.after(failure(FailureClass.RATE_LIMITED, null, false), 0, 0.5))
        .isEqualTo(retry(250));
  }

  @ParameterizedTest
  @EnumSource
  void provider_that_forbids_a_retry_is_not_asked_again(FailureClass kind) {
    assertThat(policy.after(failure(kind, Duration.ofMillis(1), true), 0, 0.5))
        .isIn(NEXT, new RetryDecision.Next(true), SURFACE);
  }

  @ParameterizedTest
  @EnumSource
  void without_retry_and_failover_every_failure_surfaces(FailureClass kind) {
    RetryPolicy none =
        new RetryPolicy(
            RetryOptions.defaults().withAttempts(0), FailoverOptions.defaults().withEnabled(false));

    assertThat(none.after(failure(kind, null, false), 0, 0.5)).isEqualTo(SURFACE);
    assertThat(none.failsOver()).isFalse();
  }

  private RetryDecision after(
      FailureClass kind, @Nullable Duration retryAfter, int retries, double jitter) {
    return policy.after(failure(kind, retryAfter, false), retries, jitter);
  }

  private static Failure failure(
      FailureClass kind, @Nullable Duration retryAfter, boolean forbidsRetry) {
    return new Failure.UpstreamError(kind, 0, "", retryAfter, forbidsRetry ? false : null, 1);
  }

  private static RetryDecision retry(long millis) {
    return new RetryDecision.Retry(Duration.ofMillis(millis));
  }
}
