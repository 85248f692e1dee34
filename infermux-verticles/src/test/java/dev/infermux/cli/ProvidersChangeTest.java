package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code infermux providers add} and {@code remove}, at a running gateway. */
@ExtendWith(VertxExtension.class)
class ProvidersChangeTest {

  @TempDir Path directory;
  private FileGateway gateway;

  @BeforeEach
  void open(Vertx vertx) {
    gateway =
        FileGateway.start(
            vertx,
            directory.resolve("infermux.yml"),
            "providers: [{ name: a, type: mock, models: [m] }]\n");
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void a_provider_comes_by_flags_and_goes() {
    Cli added = run(Map.of(), "add", "spare", "--type", "mock", "--models", "m, n");
    JsonObject row = row("spare");
    Cli twice = run(Map.of(), "add", "spare", "--type", "mock");
    Cli removed = run(Map.of(), "remove", "spare");
    Cli again = run(Map.of(), "remove", "spare");

    assertThat(added.out()).isEqualTo("added spare\n");
    assertThat(added.err())
        .startsWith("warning: no price is known for model m of provider spare")
        .hasLineCount(2);
    assertThat(row.getString("origin")).isEqualTo("runtime");
    assertThat(row.getJsonArray("models")).containsExactly("m", "n");
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("provider_exists");
    assertThat(removed).isEqualTo(new Cli(0, "removed spare\n", ""));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("not_found");
    assertThat(run(Map.of(), "list").out()).contains("a ").doesNotContain("spare");
  }

  @Test
  void all_keys_come_in_a_file_with_the_variables_of_this_shell() throws IOException {
    Path file = directory.resolve("provider.yml");
    Files.writeString(
        file,
        """
        providers:
          - name: filed
            type: openai
            api_key: "${KEY}"
            base_url: http://127.0.0.1:${PORT:-9}/v1
            models: [m]
            timeout: 7s
            health_check: { disabled: true }
            rate_limits: { requests_per_minute: 60 }
        """);

    Cli unset = run(Map.of(), "add", "--file", file.toString());
    Cli added = run(Map.of("KEY", "sk-1"), "add", "other", "--file", file.toString());
    Cli named = run(Map.of("KEY", "sk-1"), "add", "--file", file.toString(), "--models", "x");

    assertThat(unset.exitCode()).isEqualTo(1);
    assertThat(unset.err()).contains("provider.yml", "${KEY} is not set");
    assertThat(added.out()).isEqualTo("added other\n");
    assertThat(row("other").getInteger("rate_limit_headroom_rpm")).isEqualTo(60);
    assertThat(named.out()).isEqualTo("added filed\n");
    assertThat(row("filed").getJsonArray("models")).containsExactly("x");
  }

  @Test
  void the_key_stays_out_of_the_arguments_and_problems_are_told() {
    Cli keyed =
        run(
            Map.of("SPARE_KEY", "sk-2"),
            "add",
            "keyed",
            "--type",
            "openai",
            "--base-url",
            "http://127.0.0.1:9/v1",
            "--api-key-env",
            "SPARE_KEY");
    Cli unset = run(Map.of(), "add", "x", "--type", "openai", "--api-key-env", "SPARE_KEY");
    Cli wrong = run(Map.of(), "add", "x", "--type", "opanai", "--base-url", "nowhere");
    Cli nameless = run(Map.of(), "add", "--type", "mock");
    Cli missing = run(Map.of(), "add", "x", "--file", directory.resolve("no.yml").toString());
    Cli word = run(Map.of(), "forget", "a");

    assertThat(keyed.err()).isEmpty();
    assertThat(keyed.exitCode()).isZero();
    assertThat(unset.exitCode()).isEqualTo(1);
    assertThat(unset.err()).contains("SPARE_KEY");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("invalid_provider", "type", "base_url");
    assertThat(nameless.exitCode()).isEqualTo(1);
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.err()).contains("no.yml", "not found");
    assertThat(word.exitCode()).isEqualTo(1);
    assertThat(word.err()).contains("add NAME");
  }

  private Cli run(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of("providers"));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", "http://127.0.0.1:" + gateway.port()));
    return Cli.run(environment, "", all.toArray(String[]::new));
  }

  private JsonObject row(String name) {
    return new JsonArray(gateway.get("/_infermux/providers").body())
        .stream()
            .map(JsonObject.class::cast)
            .filter(row -> row.getString("name").equals(name))
            .findFirst()
            .orElseThrow();
  }
}
