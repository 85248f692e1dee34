package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inference.Secret;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.CircuitScope;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockRequest;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a failed attempt, and for whom it counts, over real sockets. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class RetryTableTest {

  private static final MockAnswer OK = MockAnswer.json(Texts.CHAT_ANSWER);

  private Vertx vertx;
  private MockUpstream first;
  private MockUpstream second;
  private CircuitOptions circuit = CircuitOptions.defaults();

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    first = MockUpstream.start(vertx);
    second = MockUpstream.start(vertx);
    second.always(OK);
  }

  private static MockAnswer error(int status, String code) {
    return MockAnswer.json(
        status, "{\"error\":{\"message\":\"said so\",\"code\":\"" + code + "\"}}");
  }

  private ProviderOptions provider(String name, MockUpstream upstream) {
    return ProviderOptions.of(name, ProviderType.OPENAI)
        .withApiKey(Secret.of("sk-gateway"))
        .withBaseUrl(upstream.baseUrl())
        .withModels("m", "n");
  }

  private int start(ProviderOptions... providers) {
    RoutingOptions routing =
        RoutingOptions.defaults()
            .withStrategy(RoutingStrategy.PRIORITY)
            .withRetry(RetryOptions.defaults().withBackoff(Duration.ofMillis(1)));
    Config config = Config.echo().withHttp(Gateway.localHttp()).withRouting(routing);
    for (ProviderOptions provider : providers) {
      config = config.withProvider(ProviderEntry.of(provider).withCircuit(circuit));
    }
    InferMuxOptions unchecked = InferMuxOptions.defaults().withHealthChecks(false);
    return InferMux.create(vertx, config, unchecked).await().listen().await().port();
  }

  private int pair() {
    return start(provider("a", first), provider("b", second));
  }

  private static WireAnswer post(int port, String model, String... headers) {
    try (Wire wire = Wire.connect(port)) {
      return wire.post("/v1/chat/completions", Texts.chat(model, "Hi"), headers);
    }
  }

  private static WireAnswer manage(int port, String path, @Nullable String body) {
    try (Wire wire = Wire.connect(port)) {
      return body == null ? wire.get("/_infermux/" + path) : wire.post("/_infermux/" + path, body);
    }
  }

  @ParameterizedTest(name = "{0} {1}: asked {2} times")
  @CsvSource({
    "500, x, 2",
    "503, overloaded, 2",
    "408, x, 2",
    "409, x, 2",
    "425, x, 2",
    "429, rate_limit_exceeded, 1",
    "429, insufficient_quota, 1",
    "402, x, 1",
    "400, insufficient_quota, 1",
    "401, invalid_api_key, 1",
    "403, x, 1",
    "404, model_not_found, 1",
    "413, x, 1",
    "400, context_length_exceeded, 1"
  })
  void another_provider_answers_and_the_first_is_asked_as_the_table_says(
      int status, String code, int times) {
    first.always(error(status, code));

    assertThat(post(pair(), "m").status()).isEqualTo(200);
    assertThat(first.requests()).hasSize(times);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "<html>", "{\"choices\":[]}", "{\"choices\":"})
  void a_paid_answer_that_cannot_be_used_is_not_paid_for_twice(String body) {
    first.always(MockAnswer.json(body));

    assertThat(post(pair(), "m").status()).isEqualTo(200);
    assertThat(first.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"400, bad", "422, bad", "400, content_filter"})
  void the_callers_own_mistake_passes_on_and_nobody_else_is_asked(int status, String code) {
    first.always(error(status, code));

    assertThat(post(pair(), "m").status()).isEqualTo(status);
    assertThat(second.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "404, model_not_found",
    "413, too_big",
    "408, x",
    "409, x",
    "425, x",
    "400, context_length_exceeded"
  })
  void where_all_fail_the_first_answer_about_the_call_is_told(int status, String code) {
    first.always(error(status, code));
    second.always(error(500, "broken"));

    WireAnswer answer = post(pair(), "m");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.error().getString("message")).isEqualTo("said so");
  }

  @Test
  void too_large_a_request_goes_to_one_other_provider_only() {
    first.always(error(413, "x"));
    second.always(error(500, "x"));
    MockUpstream third = MockUpstream.start(vertx).always(OK);
    int port = start(provider("a", first), provider("b", second), provider("c", third));

    assertThat(post(port, "m").status()).isEqualTo(413);
    assertThat(third.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 503})
  void retry_after_counts_on_any_status(int status) {
    first.always(error(status, "x").header("retry-after", "30"));

    assertThat(post(pair(), "m").status()).isEqualTo(200);
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void a_provider_that_forbids_a_retry_is_asked_once_and_its_word_passes_on() {
    first.always(error(429, "x").header("x-should-retry", "false"));

    WireAnswer answer = post(start(provider("a", first)), "m");

    assertThat(first.requests()).hasSize(1);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("x-should-retry")).isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 429})
  void a_provider_that_asks_for_a_retry_is_heard_by_the_caller(int status) {
    first.always(error(status, "x").header("x-should-retry", "true"));

    WireAnswer answer = post(start(provider("a", first)), "m");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("x-should-retry")).isEqualTo("true");
  }

  @Test
  void without_a_time_a_429_is_tried_again_where_nobody_else_can_be_asked() {
    first.next(error(429, "x"));
    first.always(OK);

    assertThat(post(start(provider("a", first)), "m").status()).isEqualTo(200);
    assertThat(first.requests()).hasSize(2);
  }

  @Test
  void a_spent_account_is_told_so_and_rests_with_all_its_models_until_reset_by_hand() {
    first.always(error(429, "insufficient_quota").header("retry-after-ms", "274579000"));
    int port = start(provider("a", first));

    for (String model : new String[] {"m", "m", "n"}) {
      WireAnswer answer = post(port, model);
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("X-Infermux-Error")).isEqualTo("insufficient_quota");
      assertThat(answer.header("x-should-retry")).isEqualTo("false");
    }
    assertThat(first.requests()).hasSize(1);
    assertThat(manage(port, "providers/a", null).body())
        .contains("\"cooldowns\":[{\"model\":null,\"reason\":\"quota\"")
        .contains("\"circuit\":\"closed\"");

    first.always(OK);
    manage(port, "providers/a/circuit/reset", "");
    assertThat(post(port, "m").status()).isEqualTo(200);
  }

  @Test
  void one_limited_model_leaves_the_others_served() {
    first.always(
        (Function<MockRequest, MockAnswer>)
            asked ->
                asked.body().contains("\"m\"") ? error(429, "x").header("retry-after", "60") : OK);
    int port = start(provider("a", first));

    assertThat(post(port, "m").status()).isEqualTo(429);
    assertThat(post(port, "n").status()).isEqualTo(200);
    assertThat(post(port, "m").body()).contains("rate_limit of its model");
    assertThat(first.requests()).hasSize(2);
    assertThat(manage(port, "route/explain", Texts.chat("m", "Hi")).body())
        .contains("\"reason\":\"rate_limit\"");
  }

  @Test
  void a_provider_limited_without_a_time_is_passed_over_while_somebody_else_serves_the_model() {
    first.always(error(429, "x"));
    int port = pair();

    for (int i = 0; i < 10; i++) {
      assertThat(post(port, "m").status()).isEqualTo(200);
    }
    assertThat(first.requests()).hasSize(1);
  }

  @Test
  void an_unknown_model_is_remembered_and_the_only_provider_is_asked_all_the_same() {
    first.always(error(404, "model_not_found"));
    int port = pair();

    post(port, "m");
    post(port, "m");
    assertThat(first.requests()).hasSize(1);

    second.always(error(404, "model_not_found"));
    int alone = start(provider("b", second));
    assertThat(post(alone, "m").status()).isEqualTo(404);
    assertThat(post(alone, "m").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "401, invalid_api_key",
    "403, forbidden",
    "402, x",
    "429, insufficient_quota",
    "429, slow_down"
  })
  void what_is_said_to_one_callers_own_key_closes_nothing_for_another(int status, String code) {
    circuit = circuit.withTreatRateLimitAsError(true);
    first.always(
        (Function<MockRequest, MockAnswer>)
            asked ->
                asked.headers().get("authorization").contains("poor")
                    ? error(status, code).header("retry-after", "120")
                    : OK);
    int port = start(provider("a", first).withApiKey(null));

    for (int i = 0; i < 8; i++) {
      assertThat(post(port, "m", "Authorization: Bearer sk-poor").status()).isGreaterThan(399);
    }
    assertThat(post(port, "m", "Authorization: Bearer sk-rich").status()).isEqualTo(200);
    assertThat(manage(port, "providers/a", null).body())
        .contains("\"circuit\":\"closed\"")
        .doesNotContain("cooldowns");
  }

  @ParameterizedTest
  @CsvSource({"PROVIDER, 503", "MODEL, 200"})
  void a_circuit_stands_for_a_provider_or_for_one_model(CircuitScope scope, int other) {
    circuit = circuit.withScope(scope).withConsecutiveFailures(2);
    first.always(
        (Function<MockRequest, MockAnswer>)
            asked -> asked.body().contains("\"m\"") ? error(500, "x") : OK);
    int port = start(provider("a", first));

    post(port, "m");
    assertThat(post(port, "m").status()).isEqualTo(503);
    assertThat(post(port, "n").status()).isEqualTo(other);
  }
}
