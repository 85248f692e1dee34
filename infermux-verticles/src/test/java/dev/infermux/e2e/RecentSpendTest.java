package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.WireAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What each name cost by hour and by day, as the page shows it. */
@ExtendWith(VertxExtension.class)
class RecentSpendTest {

  private static final String RECENT = "/_infermux/costs/recent";

  @TempDir Path directory;

  @Test
  void what_names_cost_survives_a_restart_with_a_state_file(Vertx vertx) {
    JsonObject before;
    try (FileGateway gateway = start(vertx, "state_file: " + directory.resolve("budgets.json"))) {
      gateway.call("X-Infermux-Caller: team-a", "X-Infermux-Project: search");
      gateway.call("X-Infermux-Caller: team-b");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> recent(gateway, "1h").getJsonArray("callers").size() == 2);
      before = recent(gateway, "1h");
    }

    try (FileGateway gateway = start(vertx, "state_file: " + directory.resolve("budgets.json"))) {
      JsonObject after = recent(gateway, "1h");
      JsonObject days = recent(gateway, "24h");

      for (String kind : new String[] {"callers", "models", "projects", "groups", "providers"}) {
        assertThat(after.getJsonArray(kind)).as(kind).isEqualTo(before.getJsonArray(kind));
        assertThat(sum(days.getJsonArray(kind))).as(kind).isEqualTo(sum(after.getJsonArray(kind)));
      }
      assertThat(sum(after.getJsonArray("callers"))).isPositive();
      assertThat(hours(after, "callers")).isEqualTo(24);
      assertThat(hours(days, "callers")).isEqualTo(31);
      assertThat(after.getInstant("since")).isEqualTo(after.getInstant("first"));
    }
  }

  @Test
  void without_a_state_file_it_begins_with_the_process(Vertx vertx) {
    Instant started = Instant.now();

    try (FileGateway gateway = start(vertx, "unpriced: allow")) {
      assertThat(recent(gateway, "24h").getInstant("since")).isAfterOrEqualTo(started);
      WireAnswer refused = gateway.get(RECENT + "?bucket=2h");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.error().getString("message")).contains("1h | 24h");
    }
  }

  private FileGateway start(Vertx vertx, String budgets) {
    return FileGateway.start(
        vertx,
        directory.resolve("infermux.yml"),
        """
        providers: [{ name: a, type: mock, models: [m] }]
        pricing: { a: { m: { input_per_million: 1000, output_per_million: 1000 } } }
        budgets:
          %s
          callers: [{ caller: team-a, monthly_usd: 100 }]
        """
            .formatted(budgets));
  }

  private static JsonObject recent(FileGateway gateway, String bucket) {
    return gateway.get(RECENT + "?bucket=" + bucket).json();
  }

  private static double sum(JsonArray rows) {
    return rows.stream()
        .flatMap(row -> ((JsonObject) row).getJsonArray("usd").stream())
        .mapToDouble(amount -> ((Number) amount).doubleValue())
        .sum();
  }

  private static int hours(JsonObject recent, String kind) {
    return recent.getJsonArray(kind).getJsonObject(0).getJsonArray("usd").size();
  }
}
