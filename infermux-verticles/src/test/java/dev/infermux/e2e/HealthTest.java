package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.health.HealthMode;
import dev.infermux.policy.health.HealthOptions;
import dev.infermux.policy.health.HealthView;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Health checks of a whole gateway. */
@Timeout(60)
@ExtendWith(VertxExtension.class)
class HealthTest {

  private static final String CHAT =
      "{\"model\":\"" + Gateway.MODEL + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String ANSWER =
      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},"
          + "\"finish_reason\":\"stop\"}]}";
  private static final HealthOptions OFTEN =
      HealthOptions.defaults().withInterval(Duration.ofMillis(10));

  private Vertx vertx;
  private MockUpstream upstream;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    upstream = MockUpstream.start(vertx);
  }

  private ProviderEntry provider(HealthOptions checks) {
    return ProviderEntry.of(Gateway.provider(upstream)).withHealth(checks);
  }

  private Config config(HealthOptions checks) {
    return config(provider(checks));
  }

  private static Config config(ProviderEntry entry) {
    return Config.echo().withHttp(Gateway.localHttp()).withProvider(entry);
  }

  @Test
  void a_gateway_has_started_when_every_provider_was_asked() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    upstream.always(MockAnswer.json("{\"data\":[]}").after(gate));

    Future<InferMux> created = InferMux.create(vertx, config(HealthOptions.defaults()));
    await().until(() -> upstream.requests().size() == 1);
    assertThat(created.isComplete()).isFalse();
    gate.complete(null);

    assertThat(created.await().health().values())
        .hasSize(2)
        .allMatch(view -> view.healthy() && view.checkedAt() != null);
  }

  @Test
  void the_only_provider_is_asked_although_its_checks_fail_and_an_answer_makes_it_well() {
    upstream.always(
        request -> request.method().equals("GET") ? MockAnswer.html(503) : MockAnswer.json(ANSWER));
    InferMux gateway =
        InferMux.create(vertx, config(HealthOptions.defaults().withTimeout(OFTEN.timeout())))
            .await();
    int port = gateway.listen().await().port();
    BusEvents events = new BusEvents(vertx);
    assertThat(gateway.health().get("upstream").healthy()).isFalse();

    assertThat(post(port).body()).isEqualTo(ANSWER);

    assertThat(gateway.health().get("upstream").healthy()).isTrue();
    assertThat(events.health(1).get(0).getBoolean("healthy")).isTrue();
  }

  @Test
  void an_unhealthy_provider_is_left_out_while_another_one_serves() {
    upstream.always(
        request -> request.method().equals("GET") ? MockAnswer.html(503) : MockAnswer.json(ANSWER));
    Config both =
        config(provider(OFTEN))
            .withProvider(
                ProviderEntry.of(
                    ProviderOptions.of("other", ProviderType.MOCK).withModels(Gateway.MODEL)));
    int port = InferMux.create(vertx, both).await().listen().await().port();

    assertThat(post(port).header("x-infermux-provider")).isEqualTo("other");
    assertThat(post(port).header("x-infermux-provider")).isEqualTo("other");
  }

  @Test
  void a_refusal_for_want_of_providers_says_what_their_checks_found() {
    upstream.always(MockAnswer.html(503));
    ProviderEntry touchy =
        provider(HealthOptions.defaults())
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(1));
    Config config = config(touchy).withRouting(Gateway.unrepaired());
    int port = InferMux.create(vertx, config).await().listen().await().port();
    post(port);

    WireAnswer refused = post(port);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.error().getString("code")).isEqualTo("no_healthy_providers");
    assertThat(refused.error().getString("message"))
        .contains("upstream (circuit_open")
        .containsPattern("; its health check: .*503");
  }

  @Test
  void a_base_url_that_lacks_its_path_is_told_and_the_provider_stays_well() {
    upstream.always(
        request ->
            request.method().equals("GET") && request.target().equals("/v1/models")
                ? MockAnswer.json("{\"data\":[]}")
                : MockAnswer.json(404, "{\"detail\":\"Not Found\"}"));
    String root = "http://127.0.0.1:" + upstream.port();
    String told = "base_url: its list of models answers 404; did you mean " + root + "/v1?";
    ProviderEntry entry =
        ProviderEntry.of(Gateway.provider(upstream).withBaseUrl(URI.create(root + "/")))
            .withHealth(HealthOptions.defaults())
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(1));

    InferMux gateway = InferMux.create(vertx, config(entry)).await();
    int port = gateway.listen().await().port();

    HealthView found = gateway.health().get("upstream");
    assertThat(found.healthy()).isTrue();
    assertThat(found.remark()).isEqualTo(told);
    try (Wire wire = Wire.connect(port)) {
      assertThat(wire.get("/_infermux/providers").body()).contains("\"advice\":\"" + told + '"');
      wire.post("/_infermux/providers/upstream/circuit/open", "");
      assertThat(post(port).error().getString("message"))
          .contains("upstream (circuit_open", "; its health check: " + told);
    }
  }

  @Test
  void an_api_without_a_list_of_models_is_advised_of_nothing() {
    upstream.always(MockAnswer.json(404, "{\"detail\":\"Not Found\"}"));
    URI root = URI.create("http://127.0.0.1:" + upstream.port() + "/api");
    ProviderEntry entry = ProviderEntry.of(Gateway.provider(upstream).withBaseUrl(root));

    InferMux gateway = InferMux.create(vertx, config(entry)).await();

    assertThat(gateway.health().get("upstream").remark()).isEmpty();
    assertThat(upstream.requests()).hasSize(2);
    assertThat(upstream.lastRequest().target()).isEqualTo("/api/v1/models");
  }

  @Test
  void checks_are_nobodys_calls() {
    BusEvents events = new BusEvents(vertx);
    upstream.always(MockAnswer.json("{\"data\":[]}"));

    InferMux.create(vertx, config(OFTEN)).await();
    await().until(() -> upstream.requests().size() > 3);

    assertThat(events.inferences(0)).isEmpty();
    assertThat(events.costs(0)).isEmpty();
  }

  @Test
  void checks_take_nothing_of_the_rate_limit() {
    upstream.always(MockAnswer.json(ANSWER));
    ProviderEntry limited =
        provider(OFTEN.withMode(HealthMode.COMPLETION))
            .withRateLimits(RateLimitOptions.defaults().withRequestsPerMinute(1));
    int port = InferMux.create(vertx, config(limited)).await().listen().await().port();
    await().until(() -> upstream.requests().size() > 3);

    assertThat(post(port).body()).isEqualTo(ANSWER);
  }

  @Test
  void checks_that_fail_do_not_open_the_circuit() {
    upstream.next(MockAnswer.html(500), MockAnswer.html(500), MockAnswer.html(500));
    upstream.always(MockAnswer.json(ANSWER));
    ProviderEntry touchy =
        provider(OFTEN.withMode(HealthMode.COMPLETION))
            .withCircuit(CircuitOptions.defaults().withConsecutiveFailures(1));
    InferMux gateway = InferMux.create(vertx, config(touchy)).await();
    int port = gateway.listen().await().port();
    await().until(() -> gateway.health().get("upstream").healthy());

    assertThat(post(port).body()).isEqualTo(ANSWER);
  }

  @Test
  void who_wants_no_checks_has_none() {
    InferMuxOptions unchecked = InferMuxOptions.defaults().withHealthChecks(false);

    InferMux gateway = InferMux.create(vertx, config(OFTEN), unchecked).await();

    assertThat(upstream.requests()).isEmpty();
    assertThat(gateway.health().values()).containsOnly(HealthView.UNCHECKED);
  }

  @Test
  void a_closed_gateway_lets_go_of_its_checks() {
    upstream.next(MockAnswer.json("{\"data\":[]}"));
    upstream.always(MockAnswer.silence());
    InferMux gateway = InferMux.create(vertx, config(OFTEN)).await();
    await().until(() -> upstream.requests().size() == 2);

    gateway.close().await();

    await().until(() -> upstream.openConnections() == 0);
    assertThat(vertx.deploymentIDs()).isEmpty();
    assertThat(gateway.health().get("upstream").healthy()).isTrue();
  }

  private static WireAnswer post(int port) {
    try (Wire wire = Wire.connect(port)) {
      return wire.post("/v1/chat/completions", CHAT);
    }
  }
}
