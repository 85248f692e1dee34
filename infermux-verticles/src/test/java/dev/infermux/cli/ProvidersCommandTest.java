package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inbound.management.ScriptedViews;
import dev.infermux.inbound.management.view.ProviderStatus;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

@ExtendWith(VertxExtension.class)
class ProvidersCommandTest {

  private ScriptedViews views;

  @BeforeEach
  void open(Vertx vertx) {
    views = new ScriptedViews(vertx, null);
  }

  @AfterEach
  void close() {
    views.close();
  }

  @Test
  void a_table_tells_models_health_circuit_and_the_last_check() {
    ProviderStatus calm = ScriptedViews.calm("primary");
    views
        .put(calm)
        .put(
            new ProviderStatus(
                "spare",
                "ollama",
                null,
                Map.of(),
                new ProviderStatus.Health(false, "HTTP status 500", Instant.now().plusSeconds(60)),
                calm.circuit(),
                calm.traffic()));

    assertThat(providers())
        .isEqualTo(
            new Cli(
                0,
                """
                PROVIDER  TYPE    MODELS    HEALTHY               CIRCUIT  LAST CHECK
                primary   openai  m-1, m-2  yes                   closed   never
                spare     ollama  any       no (HTTP status 500)  closed   0s ago
                """,
                ""));
  }

  @Test
  void json_and_yaml_say_what_the_server_says() {
    views.put(ScriptedViews.calm("a")).put(ScriptedViews.open("b", Instant.EPOCH));

    JsonArray json = new JsonArray(providers("--format", "json").out());
    List<Map<String, Object>> yaml = new Yaml().load(providers("--format", "yaml").out());

    assertThat(json.getJsonObject(1).getString("circuit")).isEqualTo("open");
    assertThat(yaml)
        .isEqualTo(
            json.stream()
                .map(row -> ((io.vertx.core.json.JsonObject) row).getMap())
                .map(ProvidersCommandTest::plain)
                .toList());
  }

  @Test
  void a_server_that_is_not_there_is_two() {
    Cli cli = Cli.run("providers", "--server", "http://127.0.0.1:1");

    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
  }

  private static Map<String, Object> plain(Map<String, Object> row) {
    return new Yaml().load(new io.vertx.core.json.JsonObject(row).encode());
  }

  private Cli providers(String... more) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of("providers", "--server", "http://127.0.0.1:" + views.port()));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(new String[0]));
  }
}
