package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another provider takes a provider's name while a call goes on there. */
@ExtendWith(VertxExtension.class)
class ReplacedProviderTest {

  private static final String PROVIDERS = "/_infermux/providers";

  @TempDir Path directory;

  @Test
  void a_call_is_priced_by_the_type_that_its_provider_had(Vertx vertx) {
    BusEvents events = new BusEvents(vertx);
    String yaml =
        """
        providers:
          - { name: a, type: mock, models: [m], mock: { script: tokens-4+pace-400ms } }
          - { name: b, type: echo }
        pricing: { mock: { m: { input_per_million: 0, output_per_million: 1000000 } } }
        """;
    try (FileGateway gateway = FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml);
        Wire wire = Wire.connect(gateway.port())) {
      wire.request("POST", "/v1/chat/completions", stream());
      await().until(() -> inFlight(gateway) == 1);

      gateway.send("DELETE", PROVIDERS + "/a", "");
      gateway.post(PROVIDERS, "{\"name\":\"a\",\"type\":\"echo\",\"models\":[\"m\"]}");
      wire.read();

      JsonObject cost = events.costs(1).get(0);
      assertThat(cost.getString("provider")).isEqualTo("a");
      assertThat(new BigDecimal(cost.getValue("cost_usd").toString())).isEqualByComparingTo("4");
      assertThat(gateway.call().header("x-infermux-cost")).isNotEqualTo("4");
    }
  }

  @Test
  void what_is_under_way_is_counted_when_options_change(Vertx vertx) {
    String yaml =
        "providers: [{ name: a, type: mock, models: [m], timeout: %ds, mock: { script:"
            + " tokens-4+pace-400ms } }]\n";
    Path file = directory.resolve("infermux.yml");
    try (FileGateway gateway = FileGateway.start(vertx, file, yaml.formatted(50));
        Wire wire = Wire.connect(gateway.port())) {
      wire.request("POST", "/v1/chat/completions", stream());
      await().until(() -> inFlight(gateway) == 1);

      gateway.reload(yaml.formatted(60));

      assertThat(inFlight(gateway)).isEqualTo(1);
      assertThat(gateway.get("/_infermux/metrics").body())
          .contains("infermux_provider_in_flight{provider=\"a\"} 1.0");
      wire.read();
      await().until(() -> inFlight(gateway) == 0);
    }
  }

  private static String stream() {
    return new JsonObject()
        .put("model", "m")
        .put("stream", true)
        .put("messages", new JsonArray().add(Map.of("role", "user", "content", "Hello")))
        .encode();
  }

  private static int inFlight(FileGateway gateway) {
    return gateway.get(PROVIDERS + "/a").json().getInteger("in_flight");
  }
}
