package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.FileGateway;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code infermux keys} against a server. */
@ExtendWith(VertxExtension.class)
class KeysCommandTest {

  @TempDir Path directory;
  private FileGateway gateway;

  @BeforeEach
  void start(Vertx vertx) {
    gateway =
        FileGateway.start(
            vertx,
            directory.resolve("infermux.yml"),
            "providers: [{ name: a, type: echo }]\nauth: { keys_file: '%s' }\n"
                .formatted(directory.resolve("keys.json")));
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void keys_are_made_listed_and_revoked() {
    Cli made = run("keys", "create", "--caller", "team");
    assertThat(made.exitCode()).as(made.err()).isZero();

    assertThat(run("keys").out()).containsPattern("ID +CALLER +KEY").contains("team");
    JsonObject listed = new JsonObject(run("keys", "list", "--format", "json").out());
    JsonObject key = listed.getJsonArray("keys").getJsonObject(0);
    assertThat(key.getString("caller")).isEqualTo("team");

    String id = key.getString("id");
    assertThat(run("keys", "revoke", id).out()).isEqualTo("revoked " + id + "\n");
    assertThat(run("keys", "list").out()).doesNotContain("team");
  }

  @Test
  void terms_of_a_key_are_flags() {
    Cli made =
        run(
            "keys create --caller team --env test --tokens-per-minute 9 --max-in-flight 2"
                .split(" "));
    Cli some = run("keys", "create", "--caller", "other", "--models", "m, n*");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(some.exitCode()).as(some.err()).isZero();
    assertThat(new JsonObject(run("keys", "list", "--format", "json").out()).getJsonArray("keys"))
        .satisfiesExactly(
            key ->
                assertThat(key.toString())
                    .contains("\"env\":\"test\"", "\"tokens_per_minute\":9", "\"max_in_flight\":2"),
            key -> assertThat(key.toString()).contains("\"models\":[\"m\",\"n*\"]"));
  }

  @Test
  void each_term_of_the_api_is_a_flag() {
    Cli made =
        run(
            ("keys create --caller team --expires-at 2099-01-31T12:00:00Z --monthly-usd 5"
                    + " --action model_override --model-override cheap")
                .split(" "));
    Cli both = run("keys create --caller b --expires-at 2099-01-31 --expires-in 1h".split(" "));
    Cli unpaid = run("keys", "create", "--caller", "b", "--action", "alert");

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(run("keys", "list", "--format", "json").out().replaceAll("\\s", ""))
        .contains(
            "\"expires_at\":\"2099-01-31T12:00:00Z\"",
            "\"monthly_usd\":\"5\"",
            "\"action\":\"model_override\"",
            "\"model_override\":\"cheap\"");
    assertThat(both.err()).contains("expires_in: given beside expires_at");
    assertThat(unpaid.exitCode()).isEqualTo(2);
    assertThat(unpaid.err()).contains("budget.monthly_usd: missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys", "budgets", "nodes", "providers"})
  void words_that_are_no_command_end_with_1_and_say_which_are(String command) {
    Cli unknown = run(command, "shuffle", "all");

    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains(command + ": shuffle all (expected: list | ");
  }

  private Cli run(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = "http://127.0.0.1:" + gateway.port();
    return Cli.run(Map.of(), "", all);
  }
}
