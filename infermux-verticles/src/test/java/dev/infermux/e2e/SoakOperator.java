package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.testing.MockUpstream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Somebody who changes all that can be changed of a gateway, again and again, and looks at it. */
final class SoakOperator {

  private static final List<String> STRATEGIES =
      List.of("round_robin", "least_latency", "cost_weighted", "random", "priority");
  private static final List<String> VIEWS =
      List.of(
          "status",
          "providers",
          "costs",
          "costs/by-caller",
          "costs/recent",
          "traffic",
          "requests",
          "metrics",
          "openapi.json",
          "");

  private final Path directory;
  private final int steady;
  private final int flapping;
  private @Nullable String guest;
  private int reloads;

  /**
   * @param directory where the ledger has its files
   * @param steady answers
   * @param flapping answers at times
   */
  SoakOperator(Path directory, MockUpstream steady, MockUpstream flapping) {
    this.directory = directory;
    this.steady = steady.port();
    this.flapping = flapping.port();
  }

  /** One round; each is another one. */
  void change(FileGateway gateway, int i) {
    if (i % 5 == 4) {
      WireAnswer refused = gateway.reload("providers: [{ name: steady, type: opanai }]\n");
      assertThat(refused.status()).as(refused.body()).isEqualTo(422);
    }
    if (i % 3 == 2) {
      gateway.write(version(i));
    } else {
      WireAnswer reloaded = gateway.reload(version(i));
      assertThat(reloaded.status()).as(reloaded.body()).isEqualTo(200);
    }
    reloads++;
    swapGuest(gateway, i);
    key(gateway);
    circuit(gateway, i % 2 == 0 ? "open" : "reset");
    look(gateway);
  }

  int reloads() {
    return reloads;
  }

  private void swapGuest(FileGateway gateway, int i) {
    if (guest != null) {
      WireAnswer gone = gateway.send("DELETE", "/_infermux/providers/" + guest, "");
      assertThat(gone.status()).as(gone.body()).isEqualTo(200);
      guest = null;
    } else {
      guest = "guest-" + i % 4;
      String block =
          "{\"name\":\"%s\",\"type\":\"openai\",\"api_key\":\"x\",\"base_url\":\"http://127.0.0.1:%d/v1\",\"models\":[\"m\"]}";
      WireAnswer come = gateway.post("/_infermux/providers", block.formatted(guest, steady));
      assertThat(come.status()).as(come.body()).isEqualTo(201);
    }
  }

  private static void key(FileGateway gateway) {
    WireAnswer made =
        gateway.post("/_infermux/keys", "{\"caller\":\"bot\",\"limits\":{\"max_in_flight\":9}}");
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    String id = made.json().getString("id");
    assertThat(gateway.call("Authorization: Bearer " + made.json().getString("key")).status())
        .isEqualTo(200);
    assertThat(gateway.send("DELETE", "/_infermux/keys/" + id, "").status()).isEqualTo(200);
  }

  private static void circuit(FileGateway gateway, String action) {
    gateway.post("/_infermux/providers/flapping/circuit/" + action, "");
  }

  private static void look(FileGateway gateway) {
    for (String view : VIEWS) {
      assertThat(gateway.get("/_infermux/" + view).status()).as(view).isEqualTo(200);
    }
    try (Wire events = Wire.connect(gateway.port())) {
      events.request("GET", "/_infermux/events", "");
      events.readUntil("\r\n\r\n");
    }
  }

  /** Providers come, go and change with every version, and so does all else that can. */
  String version(int i) {
    String coming =
        i % 3 == 0
            ? ""
            : "- { name: coming-%d, type: openai, api_key: x, base_url: %s, models: [m], timeout: %ds }"
                .formatted(i % 3, at(steady), 30 + i % 7);
    return """
    providers:
      - name: flapping
        type: openai
        api_key: x
        base_url: %s
        models: [m]
        health_check: { interval: 1s }
        circuit_breaker: { consecutive_failures: 3, recovery_window: 1s }
      - { name: steady, type: openai, api_key: x, base_url: %s, models: [m, "%s"] }
      %s
    routing:
      strategy: %s
      retry: { attempts: %d, backoff: 10ms }
      failover: { max_attempts: 5 }
    pricing: { %s }
    budgets:
      state_file: %s
      callers: [{ caller: team, monthly_usd: %d }]
    auth: { mode: static_key, keys: [{ key: k, caller: team, limits: { max_in_flight: %d } }] }
    limits: { max_in_flight: %d }
    """
        .formatted(
            at(flapping),
            at(steady),
            SoakLoad.LONG_MODEL,
            coming,
            STRATEGIES.get(i % STRATEGIES.size()),
            i % 2,
            prices(1 + i % 9),
            directory.resolve("budgets.json"),
            100_000 + i,
            500 + i % 50,
            700 + i % 50);
  }

  private static String prices(int input) {
    return Stream.of("flapping steady coming-1 coming-2 guest-0 guest-1 guest-2 guest-3".split(" "))
        .map(
            name ->
                "%s: { \"*\": { input_per_million: %d, output_per_million: 1 } }"
                    .formatted(name, input))
        .collect(Collectors.joining(", "));
  }

  private static String at(int port) {
    return "\"http://127.0.0.1:" + port + "/v1\"";
  }
}
