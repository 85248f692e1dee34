package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.config.ReloadTrigger;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.inbound.management.view.ReloadOutcome;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that is read again of itself, and says what it said, undoes nothing that was changed by
 * hand: right behind a start it always is.
 */
@ExtendWith(VertxExtension.class)
@Timeout(60)
class UnchangedFileTest {

  private static final String YAML =
      """
      providers:
        - { name: a, type: mock, models: [m] }
        - { name: b, type: mock, models: [m] }
      budgets: { callers: [{ caller: team, monthly_usd: 1 }] }
      """;

  @TempDir Path directory;

  @Test
  void what_was_changed_by_hand_stays(Vertx vertx) {
    try (FileGateway gateway = start(vertx)) {
      List<Integer> changed =
          List.of(
              gateway.send("DELETE", "/_infermux/providers/a", "").status(),
              gateway.post("/_infermux/providers", "{\"name\":\"c\",\"type\":\"echo\"}").status(),
              gateway
                  .post("/_infermux/budgets", "{\"caller\":\"team\",\"monthly_usd\":2}")
                  .status(),
              gateway.post("/_infermux/keys", "{\"caller\":\"bot\"}").status(),
              gateway.post("/_infermux/log-level", "{\"level\":\"debug\"}").status());

      assertThat(changed).containsExactly(200, 201, 200, 201, 200);
      assertThat(read(gateway)).isEqualTo(ReloadOutcome.Status.UNCHANGED);
      gateway.write(YAML + "# what is said stays\n");
      assertThat(read(gateway)).isEqualTo(ReloadOutcome.Status.UNCHANGED);

      assertThat(providers(gateway)).containsExactly("b", "c");
      assertThat(gateway.get("/_infermux/budgets").body()).contains("\"monthly_usd\":\"2\"");
      assertThat(gateway.get("/_infermux/keys").body()).contains("\"bot\"");
      assertThat(gateway.get("/_infermux/log-level").body()).contains("debug");
      assertThat(gateway.reload().json().getJsonObject("providers").getJsonArray("added"))
          .containsExactly("a");
    }
  }

  @Test
  void another_order_of_providers_comes_into_force(Vertx vertx) {
    try (FileGateway gateway = start(vertx)) {
      gateway.write(YAML.replace("a,", "x,").replace("b,", "a,").replace("x,", "b,"));

      ReloadOutcome read = gateway.inferMux().reload(ReloadTrigger.FILE).await();

      assertThat(providers(gateway)).containsExactly("b", "a");
      assertThat(read.status()).isEqualTo(ReloadOutcome.Status.APPLIED);
      assertThat(read.changed()).containsExactly("providers");
    }
  }

  @Test
  void where_there_is_no_provider_that_is_what_is_expected(Vertx vertx) {
    try (FileGateway gateway = start(vertx)) {
      gateway.send("DELETE", "/_infermux/providers/a", "");
      gateway.send("DELETE", "/_infermux/providers/b", "");

      assertThat(
              List.of(
                  gateway.send("DELETE", "/_infermux/providers/a", ""),
                  gateway.get("/_infermux/providers/a"),
                  gateway.post("/_infermux/providers/a/circuit/open", "")))
          .allMatch(answer -> answer.status() == 404)
          .allMatch(answer -> answer.body().contains("(expected: none: no provider is configured"));
    }
  }

  private FileGateway start(Vertx vertx) {
    return FileGateway.start(vertx, directory.resolve("infermux.yml"), YAML);
  }

  private static ReloadOutcome.Status read(FileGateway gateway) {
    return gateway.inferMux().reload(ReloadTrigger.FILE).await().status();
  }

  private static List<String> providers(FileGateway gateway) {
    return new JsonArray(gateway.get("/_infermux/providers").body())
        .stream().map(row -> ((JsonObject) row).getString("name")).toList();
  }
}
