package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.e2e.kit.ApiDescription;
import dev.infermux.e2e.kit.FileGateway;
import dev.infermux.e2e.kit.WireAnswer;
import dev.infermux.mist.Envelope;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Budgets that are set and taken back while the gateway runs. */
@ExtendWith(VertxExtension.class)
class RuntimeBudgetTest {

  private static final String BUDGETS = "/_infermux/budgets";
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path directory;
  private @Nullable FileGateway gateway;

  @AfterEach
  void close() {
    gateway().close();
  }

  @Test
  void budget_that_is_set_counts_at_once_and_that_of_the_file_again_when_it_is_taken_back(
      Vertx vertx) {
    start(vertx);
    assertThat(call("filed")).isEqualTo("200");

    WireAnswer set = set("{'caller':'filed','monthly_usd':0.000001}");

    assertThat(set.status()).as(set.body()).isEqualTo(200);
    assertThat(set.json().getString("monthly_usd")).isEqualTo("0.000001");
    assertThat(set.json().getString("action")).isEqualTo("hard_stop");
    assertThat(set.json().getString("origin")).isEqualTo("runtime");
    assertThat(set.json().getJsonArray("warnings").encode()).contains("ends with this process");
    assertThat(call("filed")).isEqualTo("budget_exceeded");
    assertThat(row("filed").getString("origin")).isEqualTo("runtime");
    assertThat(gateway().get("/_infermux/metrics").body())
        .contains("infermux_budget_limit_usd{caller=\"filed\"} 1.0E-6");

    assertThat(set("{'caller':'filed','monthly_usd':50,'action':'alert'}").status()).isEqualTo(200);
    assertThat(call("filed")).isEqualTo("200");

    WireAnswer removed = gateway().send("DELETE", BUDGETS + "/filed", "");
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.json().getJsonObject("budget").getString("monthly_usd")).isEqualTo("100");
    assertThat(removed.json().getJsonObject("budget").getString("origin")).isEqualTo("file");
    assertThat(row("filed").getString("origin")).isEqualTo("file");
  }

  @Test
  void callers_without_one_get_one_and_everybody_else_too(Vertx vertx) {
    start(vertx);
    assertThat(call("new")).isEqualTo("200");

    set("{'caller':'new','monthly_usd':0}");
    set("{'caller':'*','monthly_usd':0.000001}");

    assertThat(call("new")).isEqualTo("budget_exceeded");
    assertThat(call("stranger")).isEqualTo("budget_exceeded");
    assertThat(call("filed")).isEqualTo("200");
    WireAnswer removed = gateway().send("DELETE", BUDGETS + "/*", "");
    assertThat(removed.json().containsKey("budget")).isTrue();
    assertThat(removed.json().getValue("budget")).isNull();
    assertThat(call("stranger")).isEqualTo("200");
    assertThat(call("new")).isEqualTo("budget_exceeded");
  }

  @Test
  void a_reload_leaves_it_and_says_whose_budget_of_the_file_does_not_count(Vertx vertx) {
    start(vertx);
    set("{'caller':'filed','monthly_usd':0.000001}");

    WireAnswer reloaded = gateway().reload(yaml().replace("monthly_usd: 100", "monthly_usd: 200"));

    assertThat(reloaded.json().getJsonArray("warnings").encode())
        .contains("budgets that were set while running count: filed");
    assertThat(call("filed")).isEqualTo("budget_exceeded");
    gateway().send("DELETE", BUDGETS + "/filed", "");
    assertThat(row("filed").getString("monthly_usd")).isEqualTo("200");
  }

  @Test
  void a_key_s_budget_gives_way_and_keys_with_another_are_refused_then(Vertx vertx) {
    start(vertx);
    gateway().post("/_infermux/keys", text("{'caller':'bot','budget':{'monthly_usd':5}}"));
    assertThat(row("bot").getString("origin")).isEqualTo("key");

    set("{'caller':'bot','monthly_usd':7}");

    assertThat(row("bot").getString("monthly_usd")).isEqualTo("7");
    WireAnswer another =
        gateway().post("/_infermux/keys", text("{'caller':'bot','budget':{'monthly_usd':6}}"));
    assertThat(another.status()).isEqualTo(409);
    assertThat(another.error().getString("message")).contains("set while running");
    gateway().send("DELETE", BUDGETS + "/bot", "");
    assertThat(row("bot").getString("monthly_usd")).isEqualTo("5");
  }

  @Test
  void what_cannot_be_meant_is_refused_with_all_problems_and_changes_nothing(Vertx vertx) {
    start(vertx);

    WireAnswer wrong = set("{'monthly_usd':-1,'action':'stop','limit':3}");
    WireAnswer cheaper = set("{'caller':'a','monthly_usd':1,'action':'model_override'}");
    WireAnswer unserved =
        set("{'caller':'b','monthly_usd':1,'action':'model_override','model_override':'none'}");
    gateway().send("DELETE", BUDGETS + "/b", "");
    WireAnswer none = gateway().post(BUDGETS, "[]");
    WireAnswer never = gateway().send("DELETE", BUDGETS + "/filed", "");
    WireAnswer nobody = gateway().send("DELETE", BUDGETS + "/nobody", "");

    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.error().getString("code")).isEqualTo("invalid_budget");
    assertThat(wrong.error().getString("message"))
        .contains("caller", "monthly_usd", "action", "limit");
    assertThat(cheaper.status()).isEqualTo(422);
    assertThat(cheaper.error().getString("message")).contains("model_override");
    assertThat(unserved.json().getJsonArray("warnings"))
        .contains("model_override: no configured provider serves none");
    assertThat(none.status()).isEqualTo(400);
    assertThat(never.status()).isEqualTo(404);
    assertThat(never.error().getString("message")).contains("from a file");
    assertThat(nobody.status()).isEqualTo(404);
    assertThat(rows()).hasSize(1);
  }

  @Test
  void it_is_told_on_the_bus_and_answers_are_as_they_are_described(Vertx vertx) {
    start(vertx);
    List<JsonObject> told = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<Envelope>consumer(
            "infermux.events.config",
            event ->
                told.add(
                    new JsonObject(
                        new String(event.body().payload().json(), StandardCharsets.UTF_8))));
    ApiDescription api = ApiDescription.of(gateway().get("/_infermux/openapi.json").body());

    api.check("POST", BUDGETS, set("{'caller':'a','monthly_usd':1}"));
    api.check("GET", BUDGETS, gateway().get(BUDGETS));
    api.check("DELETE", BUDGETS + "/a", gateway().send("DELETE", BUDGETS + "/a", ""));
    api.check("DELETE", BUDGETS + "/a", gateway().send("DELETE", BUDGETS + "/a", ""));

    await().atMost(LONG).until(() -> told.size() == 2);
    assertThat(told)
        .allSatisfy(
            event -> {
              assertThat(event.getString("status")).isEqualTo("applied");
              assertThat(event.getString("trigger")).isEqualTo("api");
              assertThat(event.getJsonArray("changed").encode()).isEqualTo("[\"budgets\"]");
            });
  }

  private void start(Vertx vertx) {
    gateway = FileGateway.start(vertx, directory.resolve("infermux.yml"), yaml());
  }

  private static String yaml() {
    return """
    providers: [{ name: a, type: mock, models: [m] }]
    pricing: { a: { m: { input_per_million: 1000, output_per_million: 1000 } } }
    budgets: [{ caller: filed, monthly_usd: 100 }]
    """;
  }

  private FileGateway gateway() {
    return Objects.requireNonNull(gateway);
  }

  private WireAnswer set(String body) {
    return gateway().post(BUDGETS, text(body));
  }

  private static String text(String body) {
    return body.replace('\'', '"');
  }

  /** The code of its error, else its status. */
  private String call(String caller) {
    WireAnswer answer = gateway().call("X-Infermux-Caller: " + caller);
    return answer.status() == 200 ? "200" : answer.error().getString("code");
  }

  private JsonArray rows() {
    return gateway().get(BUDGETS).json().getJsonArray("budgets");
  }

  private JsonObject row(String caller) {
    return rows().stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("caller").equals(caller))
        .findFirst()
        .orElseThrow(() -> new AssertionError(rows().encode()));
  }
}
