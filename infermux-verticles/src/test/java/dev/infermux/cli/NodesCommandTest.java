package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the program says of nodes that share their budgets; a server of the test's plays them. */
@ExtendWith(VertxExtension.class)
class NodesCommandTest {

  private final List<JsonObject> sent = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private JsonObject nodes;

  @BeforeEach
  void open(Vertx vertx) {
    nodes =
        new JsonObject()
            .put("shared", true)
            .put(
                "holders",
                new JsonArray()
                    .add(holder("well", 4, false))
                    .add(holder("ill", 3, true).put("changes_problems", new JsonArray().add("no")))
                    .add(holder("older", null, true)));
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              if (body.length() > 0) {
                                sent.add(body.toJsonObject());
                              }
                              JsonObject answer =
                                  request.path().endsWith("nodes")
                                      ? nodes
                                      : new JsonObject().put("name", "spare");
                              request
                                  .response()
                                  .putHeader("Content-Type", "application/json")
                                  .end(answer.encode());
                            }))
            .listen(0, "127.0.0.1")
            .await();
  }

  @AfterEach
  void close() {
    server.close().await();
  }

  @Test
  void each_node_shows_which_version_of_changes_it_has_in_force() {
    Cli cli = run("nodes");

    assertThat(cli.err()).isEmpty();
    List<String> lines = cli.out().lines().toList();
    assertThat(lines.get(0)).contains("BEHIND", "CHANGES", "VERSION");
    assertThat(lines.get(1)).containsPattern("well .* 4 +0\\.1\\.0$");
    assertThat(lines.get(2))
        .containsPattern("ill .* 3 \\(behind\\) \\(1 not in force\\) +0\\.1\\.0$");
    assertThat(lines.get(3)).containsPattern("older .* - \\(behind\\) +0\\.1\\.0$");
  }

  @Test
  void without_the_database_those_that_are_heard_are_listed_and_it_is_said() {
    nodes.put("partial", true).remove("holders");
    nodes.put("nodes", new JsonArray().add(new JsonObject().put("name", "near").put("self", true)));

    Cli cli = run("nodes", "list");

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().lines().toList().get(1)).startsWith("near (this)");
    assertThat(cli.err()).contains("the database that the nodes share does not answer");
  }

  @Test
  void provider_of_all_nodes_names_the_variable_that_each_of_them_has() {
    Cli added =
        run("providers", "add", "spare", "--type", "openai", "--node-api-key-env", "A_API_KEY");

    assertThat(added).isEqualTo(new Cli(0, "added spare\n", ""));
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).getString("api_key")).isEqualTo("${A_API_KEY}");
  }

  @Test
  void node_alone_would_take_the_variable_for_the_key() {
    nodes.put("shared", false);

    Cli refused =
        run("providers", "add", "spare", "--type", "openai", "--node-api-key-env", "A_API_KEY");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("--node-api-key-env", "--api-key-env");
    assertThat(sent).isEmpty();
  }

  private Cli run(String... words) {
    String[] all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--server";
    all[words.length + 1] = "http://127.0.0.1:" + server.actualPort();
    return Cli.run(Map.of(), "", all);
  }

  private static JsonObject holder(String name, Integer version, boolean behind) {
    return new JsonObject()
        .put("holder", "00000000-0000-0000-0000-000000000001")
        .put("name", name)
        .put("state", "active")
        .put("self", false)
        .put("version", "0.1.0")
        .put("seen", "2026-11-01T00:00:00Z")
        .put("leases", 2)
        .put("unsettled_usd", 0)
        .put("backlog", 0)
        .put("changes_version", version)
        .put("changes_behind", behind)
        .put("changes_problems", new JsonArray());
  }
}
