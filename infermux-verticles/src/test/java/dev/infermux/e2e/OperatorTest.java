package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.inbound.ListenAddress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator sees of a running gateway and can do to it, over HTTP. */
@ExtendWith(VertxExtension.class)
class OperatorTest {

  @Test
  void providers_are_listed_as_they_stand(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      JsonArray rows = new JsonArray(gateway.get("/_infermux/providers").body());

      assertThat(rows.getJsonObject(0).getMap())
          .containsEntry("name", "echo")
          .containsEntry("type", "echo")
          .containsEntry("healthy", true)
          .containsEntry("circuit", "closed")
          .containsEntry("rate_limit_headroom_rpm", null)
          .containsEntry("in_flight", 0);
      assertThat(gateway.get("/_infermux/providers/upstream").json().getJsonArray("models"))
          .contains(Gateway.MODEL);
    }
  }

  @Test
  void calls_and_errors_of_the_last_minute_are_counted(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));
      gateway.post("/v1/chat/completions", Texts.chat("nobody-has-this", "Hi"));

      assertThat(gateway.get("/_infermux/status").json().getMap())
          .containsEntry("requests_total", 2)
          .containsEntry("requests_last_minute", 2)
          .containsEntry("errors_last_minute", 1)
          .containsEntry("providers_total", 2)
          .containsEntry("providers_healthy", 2)
          .containsKeys("version", "uptime_seconds");
      assertThat(gateway.get("/_infermux/providers/echo").json().getInteger("requests_last_minute"))
          .isEqualTo(1);
    }
  }

  @Test
  void a_circuit_opened_by_hand_keeps_calls_away_until_it_is_closed(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      WireAnswer opened = gateway.post("/_infermux/providers/echo/circuit/open", "");
      WireAnswer refused = gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi"));

      assertThat(opened.json().getString("circuit")).isEqualTo("open");
      assertThat(opened.json().fieldNames()).contains("circuit_opened_at", "circuit_recovery_at");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.error().getString("code")).isEqualTo("no_healthy_providers");
      assertThat(gateway.get("/_infermux/metrics").body())
          .contains(
              "infermux_circuit_state{provider=\"echo\"} 2.0",
              "infermux_circuit_state{provider=\"upstream\"} 0.0",
              "infermux_refusals_total{code=\"no_healthy_providers\"} 1.0");

      gateway.post("/_infermux/providers/echo/circuit/close", "");
      assertThat(gateway.post("/v1/chat/completions", Texts.chat("echo-v1", "Hi")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void a_change_of_a_circuit_reaches_listeners_and_the_bus(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      BusEvents events = new BusEvents(gateway.vertx());
      List<String> heard = new CopyOnWriteArrayList<>();
      gateway
          .inferMux()
          .onCircuitStateChange(
              (provider, from, to) -> {
                throw new IllegalStateException("a listener that throws is ignored");
              });
      gateway
          .inferMux()
          .onCircuitStateChange(
              (provider, from, to) ->
                  heard.add(
                      provider
                          + " "
                          + from.wireName()
                          + " "
                          + to.wireName()
                          + ", visible: "
                          + gateway.inferMux().circuitStates().get(provider).wireName()));

      gateway.post("/_infermux/providers/echo/circuit/open", "");
      assertThat(heard).containsExactly("echo closed open, visible: closed");
      gateway.post("/_infermux/providers/echo/circuit/reset", "");

      List<JsonObject> published = events.circuits(2);
      assertThat(published.get(0).getMap())
          .containsEntry("event", "event.circuit_state")
          .containsEntry("provider", "echo")
          .containsEntry("from", "closed")
          .containsEntry("to", "open")
          .containsEntry("reason", "manual")
          .containsKey("recovery_at");
      assertThat(published.get(1).getString("to")).isEqualTo("closed");
    }
  }

  @Test
  void it_is_ready_while_one_provider_is_usable(Vertx vertx) {
    try (Gateway gateway = Gateway.start(vertx)) {
      gateway.inferMux().openCircuit("echo");
      assertThat(gateway.get("/_infermux/ready").status()).isEqualTo(200);

      gateway.inferMux().openCircuit("upstream");
      WireAnswer unready = gateway.get("/_infermux/ready");
      assertThat(unready.status()).isEqualTo(503);
      assertThat(unready.error().getString("message"))
          .isEqualTo(
              "not ready: no provider is usable: echo (circuit_open), upstream (circuit_open)");

      gateway.inferMux().closeCircuit("echo");
      assertThat(gateway.get("/_infermux/ready").status()).isEqualTo(200);
    }
  }

  @Test
  void it_is_not_ready_while_it_drains(Vertx vertx) {
    try (Gateway gateway =
        Gateway.start(
            vertx,
            (config, upstream) ->
                config
                    .withManagementListen(new ListenAddress("127.0.0.1", 0))
                    .withProvider(Gateway.provider(upstream)))) {
      Integer apart = gateway.listening().managementPort();
      assertThat(apart).isNotNull();
      gateway.inferMux().drain(Duration.ofSeconds(5)).await();

      try (Wire wire = Wire.connect(apart)) {
        WireAnswer draining = wire.get("/_infermux/ready");
        assertThat(draining.status()).isEqualTo(503);
        assertThat(draining.error().getString("message")).contains("draining");
        assertThat(wire.get("/_infermux/health").status()).isEqualTo(200);
      }
    }
  }
}
