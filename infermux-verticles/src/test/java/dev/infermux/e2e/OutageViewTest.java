package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Pair;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of a provider that fails while another one serves in its place. */
@ExtendWith(VertxExtension.class)
class OutageViewTest {

  private static final CircuitOptions TWO_FAILURES =
      CircuitOptions.defaults().withConsecutiveFailures(2);

  private Pair pair;
  private Gateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    pair =
        Pair.start(
            vertx,
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            TWO_FAILURES);
    gateway = pair.gateway();
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void the_circuit_that_failures_open_is_told_and_shown_everywhere() {
    BusEvents events = new BusEvents(gateway.vertx());
    List<String> heard = new CopyOnWriteArrayList<>();
    gateway.inferMux().onCircuitStateChange((provider, from, to) -> heard.add(provider + to));

    callThroughAnOutage();

    JsonObject row = gateway.get("/_infermux/providers/first").json();
    assertThat(row.getString("circuit")).isEqualTo("open");
    assertThat(row.getDouble("error_rate")).isEqualTo(1.0);
    assertThat(row.getInteger("requests_last_minute")).isEqualTo(2);
    assertThat(row.fieldNames()).contains("circuit_opened_at", "circuit_recovery_at");
    assertThat(heard).containsExactly("firstopen");
    assertThat(events.circuits(1).get(0).getString("reason")).isEqualTo("consecutive_failures");
    assertThat(gateway.get("/_infermux/ready").status()).isEqualTo(200);
  }

  @Test
  void attempts_retries_and_failovers_are_counted() {
    callThroughAnOutage();

    assertThat(gateway.get("/_infermux/metrics").body())
        .contains(
            "infermux_attempts_total{class=\"server_error\",provider=\"first\"} 2.0",
            "infermux_attempts_total{class=\"ok\",provider=\"second\"} 1.0",
            "infermux_retries_total{provider=\"first\"} 1.0",
            "infermux_failovers_total{provider=\"first\"} 1.0",
            "infermux_circuit_state{provider=\"first\"} 2.0",
            "infermux_circuit_state{provider=\"second\"} 0.0",
            "infermux_provider_in_flight{provider=\"second\"} 0.0");
  }

  /** One call: it fails twice at the first provider and is served by the second. */
  private void callThroughAnOutage() {
    pair.first().always(MockAnswer.json(500, "{}"));
    pair.second().always(MockAnswer.json(Texts.CHAT_ANSWER));
    assertThat(gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi")).status())
        .isEqualTo(200);
  }
}
