package dev.infermux.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.testing.MockAnswer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics as a real Prometheus takes them, with the alerts of deploy/prometheus and the
 * dashboard of docs/grafana. Skipped, with a word, where Prometheus is not installed.
 */
@ExtendWith(VertxExtension.class)
@Timeout(120)
class PrometheusTest {

  private static final Path ALERTS = Path.of("..", "deploy", "prometheus").toAbsolutePath();
  private static final Path DASHBOARD = Path.of("..", "docs", "grafana", "infermux.json");
  private static final Pattern METRIC = Pattern.compile("\\b(infermux|jvm|process)_[a-z_]+");

  @TempDir Path directory;

  @Test
  void alerts_fire_at_what_they_are_for_and_at_nothing_else() throws Exception {
    LocalPrometheus.requireInstalled();

    assertThat(LocalPrometheus.promtool(ALERTS, "check", "rules", "alerts.yml"))
        .contains("SUCCESS");
    assertThat(LocalPrometheus.promtool(ALERTS, "check", "config", "prometheus.yml"))
        .contains("SUCCESS");
    assertThat(LocalPrometheus.promtool(ALERTS, "test", "rules", "alerts.test.yml"))
        .contains("SUCCESS")
        .doesNotContain("FAILED");
  }

  @Test
  void every_alert_has_a_test() throws Exception {
    Set<String> alerts = found("alert: (\\w+)", Files.readString(ALERTS.resolve("alerts.yml")));
    Set<String> tested =
        found("alertname=\"(\\w+)\"", Files.readString(ALERTS.resolve("alerts.test.yml")));

    assertThat(alerts).hasSizeGreaterThan(10).isEqualTo(tested);
  }

  @Test
  void running_server_is_scraped_its_alerts_evaluated_and_its_dashboard_has_values(Vertx vertx)
      throws Exception {
    LocalPrometheus.requireInstalled();
    try (Gateway gateway = budgeted(vertx)) {
      calls(gateway);
      gateway.post("/_infermux/providers/upstream/circuit/open", "");
      try (LocalPrometheus prometheus = LocalPrometheus.scraping(directory, gateway, ALERTS)) {
        prometheus.awaitScrapes(5);

        assertThat(rules(prometheus)).isNotEmpty().allMatch(PrometheusTest::evaluates);
        assertThat(prometheus.get("alerts").getJsonArray("alerts").encode())
            .contains("\"alertname\":\"InfermuxCircuitOpen\"", "\"provider\":\"upstream\"")
            .doesNotContain("InfermuxDown", "InfermuxNotReady");
        assertThat(expressions())
            .hasSizeGreaterThan(30)
            .filteredOn(expression -> expression.contains("infermux_latency_seconds"))
            .allSatisfy(latency -> assertThat(latency).contains("provider!=\"_none\""));
        for (String expression : expressions()) {
          assertThat(prometheus.query(expression)).as(expression).isNotNull();
        }
        assertThat(prometheus.query("sum by (status) (infermux_requests_total)").encode())
            .contains("ok");
        assertThat(prometheus.query("infermux_event_loop_lag_seconds_count > 0").isEmpty())
            .isFalse();
      }
    }
  }

  @Test
  void what_alerts_and_dashboard_ask_for_is_there(Vertx vertx) throws Exception {
    try (Gateway gateway = budgeted(vertx)) {
      calls(gateway);

      String scraped = gateway.get("/_infermux/metrics").body();

      Set<String> asked = names(Files.readString(DASHBOARD));
      asked.addAll(names(Files.readString(ALERTS.resolve("alerts.yml"))));
      // A node that shares its budgets has these; SharedChangesTest looks.
      asked.removeIf(name -> name.matches("infermux_(lease|changes|cost_entries)_.*"));
      assertThat(names(scraped)).containsAll(asked);
    }
  }

  private static Gateway budgeted(Vertx vertx) {
    CallerBudget budget =
        new CallerBudget("somebody", new BigDecimal("10"), BudgetAction.HARD_STOP, null);
    return Gateway.start(
        vertx,
        (config, upstream) ->
            config
                .withBudgets(BudgetOptions.defaults().withCallers(List.of(budget)))
                .withProvider(Gateway.provider(upstream)));
  }

  /** An answer, a stream, a failure and a refusal. */
  private static void calls(Gateway gateway) {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));
    gateway.post("/v1/chat/completions", Texts.chat(Gateway.MODEL, "Hi"));
    gateway.post(
        "/v1/chat/completions",
        Texts.chat("echo-v1", "Hi").replaceFirst("\\{", "{\"stream\":true,"));
    gateway.post("/v1/chat/completions", Texts.chat("nobody", "Hi"));
  }

  private static List<JsonObject> rules(LocalPrometheus prometheus) {
    return prometheus.get("rules").getJsonArray("groups").stream()
        .map(JsonObject.class::cast)
        .flatMap(group -> group.getJsonArray("rules").stream().map(JsonObject.class::cast))
        .toList();
  }

  private static boolean evaluates(JsonObject rule) {
    return rule.getString("health").equals("ok") && rule.getString("lastError", "").isEmpty();
  }

  /** What the dashboard asks Prometheus, as Grafana fills it in. */
  private static List<String> expressions() throws IOException {
    return new JsonObject(Files.readString(DASHBOARD))
        .getJsonArray("panels").stream()
            .map(JsonObject.class::cast)
            .filter(panel -> panel.containsKey("targets"))
            .flatMap(panel -> panel.getJsonArray("targets").stream())
            .map(target -> ((JsonObject) target).getString("expr"))
            .map(expression -> expression.replace("$__rate_interval", "1m"))
            .map(expression -> expression.replaceAll("\\$\\w+", ".*"))
            .toList();
  }

  private static Set<String> names(String text) {
    return found("(" + METRIC.pattern() + ")", text);
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
