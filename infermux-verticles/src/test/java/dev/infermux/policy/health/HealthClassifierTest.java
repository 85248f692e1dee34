package dev.infermux.policy.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthClassifierTest {

  private final HealthClassifier keyed = new HealthClassifier("up", true);
  private final HealthClassifier passthrough = new HealthClassifier("up", false);

  @ParameterizedTest
  @EnumSource(
      value = FailureClass.class,
      names = {"CONNECTION", "SERVER_ERROR", "MALFORMED", "SILENCE", "CUT", "UNAUTHORIZED"})
  void a_provider_that_is_not_there_or_fails_is_unhealthy(FailureClass kind) {
    assertThat(keyed.reason(upstream(kind, 0, "connection refused")))
        .hasValue("connection refused");
  }

  @Test
  void a_provider_that_is_silent_is_unhealthy() {
    Failure silent = new UpstreamTimeout("provider \"up\": no answer within 60s");

    assertThat(keyed.reason(silent)).hasValue("no answer within 60s");
  }

  @Test
  void a_provider_that_limits_the_rate_is_alive() {
    assertThat(keyed.reason(upstream(FailureClass.RATE_LIMITED, 429, "slow down"))).isEmpty();
  }

  @Test
  void without_a_key_of_the_gateways_own_a_provider_that_wants_one_is_reached() {
    Failure unauthorized = upstream(FailureClass.UNAUTHORIZED, 401, "answered 401");

    assertThat(passthrough.reason(unauthorized)).isEmpty();
    assertThat(passthrough.reason(upstream(FailureClass.SERVER_ERROR, 500, "no"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 422})
  void a_refusal_of_the_request_itself_is_an_answer(int status) {
    assertThat(keyed.reason(rejected(status))).isEmpty();
  }

  @Test
  void a_model_that_is_not_there_is_a_reason() {
    assertThat(keyed.reason(rejected(404))).hasValue("max_tokens is too small");
  }

  @Test
  void a_reason_is_one_short_line_that_no_terminal_obeys() {
    Failure hostile =
        upstream(FailureClass.SERVER_ERROR, 500, "bad\r\n\u001b[31mred " + "x".repeat(500));

    assertThat(keyed.reason(hostile).orElseThrow())
        .startsWith("bad [31mred xxx")
        .endsWith("x…")
        .hasSizeLessThanOrEqualTo(201);
  }

  private static UpstreamError upstream(FailureClass kind, int status, String what) {
    return new UpstreamError(kind, status, "provider \"up\": " + what, Duration.ofSeconds(1));
  }

  private static ProviderRejected rejected(int status) {
    return new ProviderRejected(
        FailureClass.CALLER_FAULT, status, "nope", "max_tokens is too small", null);
  }
}
