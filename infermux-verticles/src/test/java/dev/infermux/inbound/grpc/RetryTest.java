package dev.infermux.inbound.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.client.InferMuxClient;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client tries again, and what the server tells it not to. */
@ExtendWith(VertxExtension.class)
class RetryTest {

  private static final MockAnswer DOWN = MockAnswer.json(500, "{\"error\":{\"message\":\"down\"}}");
  private static final MockAnswer ANSWER = MockAnswer.json(Texts.CHAT_ANSWER);

  private GrpcGateway gateway;
  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    gateway = GrpcGateway.start(vertx);
    upstream = gateway.gateway().upstream();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void third_call_of_the_provider_answers_after_two_that_failed() {
    upstream.next(DOWN, DOWN, ANSWER);

    assertThat(gateway.client().prompt(Gateway.MODEL, "Hi").getContent()).isEqualTo("Hello there");

    List<MockRequest> calls = upstream.requests();
    assertThat(calls).hasSize(3);
    // gRPC waits for 0.8 to 1.2 of the backoff (gRFC A6): first 0.1 s, then 0.2 s.
    assertThat(between(calls, 0)).isGreaterThan(Duration.ofMillis(75));
    assertThat(between(calls, 1)).isGreaterThan(Duration.ofMillis(150));
  }

  @Test
  void it_gives_up_after_three() {
    upstream.always(DOWN);

    assertThat(GrpcGateway.failure(() -> gateway.client().prompt(Gateway.MODEL, "Hi")).getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);

    assertThat(upstream.requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 422, 429})
  void what_a_retry_cannot_mend_is_called_once(int status) {
    upstream.always(MockAnswer.json(status, "{\"error\":{\"message\":\"no\",\"code\":\"x\"}}"));

    GrpcGateway.failure(() -> gateway.client().prompt(Gateway.MODEL, "Hi"));

    assertThat(upstream.requests()).hasSize(1);
  }

  @Test
  void after_a_failover_the_client_is_told_to_leave_it(Vertx vertx) {
    MockUpstream other = MockUpstream.start(vertx).always(DOWN);
    RoutingOptions failover =
        RoutingOptions.defaults()
            .withRetry(RetryOptions.defaults().withAttempts(0))
            .withFailover(FailoverOptions.defaults());
    ProviderOptions second =
        ProviderOptions.of("second", ProviderType.OPENAI)
            .withBaseUrl(other.baseUrl())
            .withModels(Gateway.MODEL);
    try (GrpcGateway two =
        GrpcGateway.start(vertx, config -> config.withRouting(failover).withProvider(second))) {
      two.gateway().upstream().always(DOWN);

      Metadata told = trailers(two.client());

      assertThat(value(told, "grpc-retry-pushback-ms")).isEqualTo("-1");
      assertThat(value(told, "x-infermux-error")).isEqualTo("upstream_error");
      assertThat(two.gateway().upstream().requests()).hasSize(1);
      assertThat(other.requests()).hasSize(1);
    } finally {
      other.close();
    }
  }

  @Test
  void after_one_provider_it_is_not_told_so() {
    upstream.always(DOWN);

    assertThat(value(trailers(gateway.once()), "grpc-retry-pushback-ms")).isEmpty();
  }

  private static Duration between(List<MockRequest> calls, int first) {
    return Duration.ofNanos(calls.get(first + 1).arrivedNanos() - calls.get(first).arrivedNanos());
  }

  private static Metadata trailers(InferMuxClient client) {
    try {
      client.prompt(Gateway.MODEL, "Hi");
    } catch (StatusRuntimeException failed) {
      assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return failed.getTrailers() == null ? new Metadata() : failed.getTrailers();
    }
    throw new AssertionError("the call did not fail");
  }

  private static String value(Metadata metadata, String name) {
    String value = metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return value == null ? "" : value;
  }
}
