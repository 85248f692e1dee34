package dev.infermux.cli.migrate;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The configuration file of LiteLLM's proxy. */
final class LiteLlmConfig {

  private static final String LIMIT = "limits.per_caller.max_in_flight";

  private static final String MASTER_KEY = "general_settings.master_key";
  private static final String FROM_ENVIRONMENT =
      "where LITELLM_MASTER_KEY held it, set auth.mode: static_key and auth.key";

  private LiteLlmConfig() {}

  /** All of it: what has a counterpart, and the list of what has none. */
  static Migration read(String source, SourceMap file) {
    Migration to = new Migration(source);
    new LiteLlmModels(to).read(file);
    SourceMap settings = file.map("litellm_settings");
    SourceMap router = file.map("router_settings");
    settings
        .number("request_timeout", ImportedNumbers::seconds)
        .or(() -> router.number("timeout", ImportedNumbers::seconds))
        .ifPresent(to::timeout);
    new LiteLlmRouting(to).read(router, settings);
    settings(to, settings);
    general(to, file.map("general_settings"));
    environment(to, file.map("environment_variables"));
    file.rest().forEach(to::lose);
    return to;
  }

  private static void settings(Migration to, SourceMap settings) {
    if (settings.flag("json_logs")) {
      to.set("log.format", "json");
    }
    if (settings.flag("set_verbose")) {
      to.set("log.level", "debug");
    }
    for (String list : List.of("callbacks", "success_callback", "failure_callback")) {
      for (String callback : SourceMap.texts(settings.take(list))) {
        callback(to, settings.path() + "." + list, callback);
      }
    }
    budget(to, settings);
    settings.ignore("drop_params", "turn_off_message_logging", "modify_params", "telemetry");
    settings.rest().forEach(to::lose);
  }

  private static void callback(Migration to, String path, String name) {
    if (name.equals("otel") || name.equals("opentelemetry")) {
      to.set("telemetry.otlp.endpoint", "${OTEL_EXPORTER_OTLP_ENDPOINT:-http://localhost:4318}");
    } else if (!name.equals("prometheus")) { // GET /_infermux/metrics always is
      to.lose(path + ": " + name + "; events.md shows how to export events");
    }
  }

  /**
   * What everybody may spend, of a month; LiteLLM's limit of the whole proxy has no counterpart.
   */
  private static void budget(Migration to, SourceMap settings) {
    settings
        .number("max_budget", ImportedNumbers::usd)
        .ifPresent(usd -> to.lose("litellm_settings.max_budget: " + usd + " USD of all callers"));
    settings.ignore("budget_duration");
    Optional<BigDecimal> user = settings.number("max_internal_user_budget", ImportedNumbers::usd);
    Optional<BigDecimal> end = settings.number("max_end_user_budget", ImportedNumbers::usd);
    Stream.of(user, end)
        .flatMap(Optional::stream)
        .sorted()
        .findFirst()
        .ifPresent(least -> everyone(to, least));
    if (user.isPresent() && end.isPresent()) {
      to.lose("litellm_settings.max_end_user_budget: all callers have the lesser of both budgets");
    }
    String duration = settings.text("internal_user_budget_duration").orElse("30d");
    if (!List.of("30d", "1mo").contains(duration)) {
      to.lose("litellm_settings.internal_user_budget_duration: budgets are of calendar months");
    }
  }

  private static void everyone(Migration to, BigDecimal usd) {
    Map<String, Object> budget = new LinkedHashMap<>();
    budget.put("caller", "*");
    budget.put("monthly_usd", usd);
    budget.put("action", "hard_stop");
    to.set("budgets.callers", List.of(budget));
  }

  private static void general(Migration to, SourceMap general) {
    general
        .text("master_key")
        .ifPresentOrElse(
            key -> {
              to.set("auth.mode", "static_key");
              to.set("auth.key", LiteLlmValues.secret(to, MASTER_KEY, key));
            },
            () -> to.lose(MASTER_KEY + ": none in the file; " + FROM_ENVIRONMENT));
    general
        .number("max_parallel_requests", ImportedNumbers::count)
        .ifPresent(most -> to.set(LIMIT, most));
    general
        .number("global_max_parallel_requests", ImportedNumbers::count)
        .ifPresent(most -> to.set("limits.max_in_flight", most));
    if (general.text("database_url").isPresent()) {
      to.lose(
          "general_settings.database_url: virtual keys, teams and their budgets stay behind; see"
              + " auth.keys and budgets");
    }
    general.ignore("completion_model", "store_model_in_db", "proxy_batch_write_at");
    general.rest().forEach(to::lose);
  }

  private static void environment(Migration to, SourceMap variables) {
    if (!variables.names().isEmpty()) {
      to.lose("environment_variables: set them where the gateway starts: " + variables.names());
    }
  }
}
