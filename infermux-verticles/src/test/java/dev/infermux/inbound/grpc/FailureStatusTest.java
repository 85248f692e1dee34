package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureStatusTest {

  private static final String NEVER = "-1";

  static Stream<Arguments> table() {
    Duration wait = Duration.ofMillis(1500);
    return Stream.of(
        arguments(new Failure.InvalidRequest("m", null), Status.Code.INVALID_ARGUMENT, ""),
        arguments(new Failure.Untranslatable("m", null), Status.Code.INVALID_ARGUMENT, ""),
        arguments(new Failure.InvalidApiKey("m"), Status.Code.UNAUTHENTICATED, ""),
        arguments(new Failure.ModelNotFound("m"), Status.Code.NOT_FOUND, ""),
        arguments(new Failure.RequestTooLarge("m"), Status.Code.RESOURCE_EXHAUSTED, ""),
        arguments(new Failure.BudgetExceeded("m"), Status.Code.RESOURCE_EXHAUSTED, ""),
        arguments(
            new Failure.RateLimited(ErrorCode.RATE_LIMIT, "m", wait),
            Status.Code.RESOURCE_EXHAUSTED,
            ""),
        arguments(new Failure.Overloaded("m", wait), Status.Code.UNAVAILABLE, ""),
        arguments(new Failure.NoHealthyProviders("m", wait), Status.Code.UNAVAILABLE, ""),
        arguments(upstream(FailureClass.SERVER_ERROR, 1), Status.Code.UNAVAILABLE, ""),
        arguments(upstream(FailureClass.SERVER_ERROR, 2), Status.Code.UNAVAILABLE, NEVER),
        arguments(upstream(FailureClass.CONNECTION, 1), Status.Code.UNAVAILABLE, ""),
        arguments(upstream(FailureClass.UNAUTHORIZED, 1), Status.Code.UNAVAILABLE, NEVER),
        arguments(upstream(FailureClass.CONTEXT_LENGTH, 1), Status.Code.UNAVAILABLE, NEVER),
        arguments(upstream(FailureClass.RATE_LIMITED, 1), Status.Code.RESOURCE_EXHAUSTED, ""),
        arguments(new Failure.UpstreamTimeout("m"), Status.Code.UNAVAILABLE, ""),
        arguments(new Failure.UpstreamTimeout("m", 2), Status.Code.UNAVAILABLE, NEVER),
        arguments(rejected(400), Status.Code.UNAVAILABLE, NEVER),
        arguments(rejected(404), Status.Code.UNAVAILABLE, NEVER),
        arguments(new Failure.DeadlinePassed("m"), Status.Code.DEADLINE_EXCEEDED, ""),
        arguments(new Failure.Cancelled("m"), Status.Code.CANCELLED, ""),
        arguments(new Failure.Remote("x", 403, "m", false), Status.Code.PERMISSION_DENIED, ""));
  }

  @ParameterizedTest
  @MethodSource("table")
  void each_failure_has_its_code_and_says_whether_a_retry_can_help(
      Failure failure, Status.Code code, String pushback) {
    Status status = FailureStatus.of(failure);

    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).isEqualTo(failure.message());
    assertThat(trailer(failure, "grpc-retry-pushback-ms")).isEqualTo(pushback);
    assertThat(trailer(failure, "x-infermux-error")).isEqualTo(failure.code());
  }

  @Test
  void bug_is_internal_and_its_text_stays_here() {
    Failure bug = InferenceException.failureOf(new IllegalStateException("secret"));

    Status status = FailureStatus.of(bug);

    assertThat(status.getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription()).isEqualTo("internal error");
  }

  @Test
  void wait_is_told_in_whole_seconds() {
    assertThat(
            trailer(
                new Failure.RateLimited(ErrorCode.RATE_LIMIT, "m", Duration.ofMillis(1500)),
                "retry-after"))
        .isEqualTo("2");
  }

  private static Failure upstream(FailureClass kind, int providers) {
    return new Failure.UpstreamError(kind, 0, "m", null, null, providers);
  }

  private static Failure rejected(int status) {
    return new Failure.ProviderRejected(FailureClass.CALLER_FAULT, status, "x", "m", null);
  }

  private static String trailer(Failure failure, String name) {
    String value =
        FailureStatus.trailers(failure)
            .get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return value == null ? "" : value;
  }
}
