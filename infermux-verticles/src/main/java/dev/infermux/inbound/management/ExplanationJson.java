package dev.infermux.inbound.management;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.mist.json.JsonWriter;
import java.math.BigDecimal;

/** An explanation as JSON; scores have as many decimals as it takes, and never an exponent. */
final class ExplanationJson {

  private ExplanationJson() {}

  static byte[] of(RouteExplanation explanation) {
    JsonWriter json = JsonWriter.object();
    json.text("model", explanation.model())
        .value("group", explanation.group().isEmpty() ? null : explanation.group())
        .text("strategy", explanation.strategy())
        .objects("providers", explanation.providers(), ExplanationJson::row)
        .value("order", explanation.order())
        .integer("max_attempts", explanation.maxAttempts());
    RouteExplanation.Budget budget = explanation.budget();
    return (budget == null ? json.value("budget", null) : json.raw("budget", budget(budget))).end();
  }

  private static byte[] budget(RouteExplanation.Budget budget) {
    JsonWriter json = JsonWriter.object().text("verdict", budget.verdict());
    if (budget.maxTokens() != null) {
      json.integer("max_tokens", budget.maxTokens());
    }
    if (budget.model() != null) {
      json.text("model", budget.model());
    }
    if (budget.reservation() != null) {
      CostsJson.usd(json, "hold_usd", budget.reservation());
    }
    CostsJson.usd(json, "limit_usd", budget.limit());
    CostsJson.usd(json, "spent_usd", budget.spent());
    return CostsJson.usd(json, "held_usd", budget.pending()).end();
  }

  private static void row(JsonWriter json, RouteExplanation.Row row) {
    json.text("name", row.name())
        .value("model", row.model())
        .flag("eligible", row.reason() == null);
    if (row.reason() != null) {
      json.text("reason", row.reason());
    }
    if (row.scoreName() != null) {
      json.text("score_name", row.scoreName());
      Double score = row.score();
      if (score == null) {
        json.value("score", null);
      } else {
        json.raw("score", BigDecimal.valueOf(score).toPlainString().getBytes(US_ASCII));
      }
    }
  }
}
