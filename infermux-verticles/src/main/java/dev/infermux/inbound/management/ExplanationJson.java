package dev.infermux.inbound.management;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.mist.json.JsonWriter;
import java.math.BigDecimal;

/** An explanation as JSON; scores have as many decimals as it takes, and never an exponent. */
final class ExplanationJson {

  private ExplanationJson() {}

  static byte[] of(RouteExplanation explanation) {
    return JsonWriter.object()
        .text("model", explanation.model())
        .value("group", explanation.group().isEmpty() ? null : explanation.group())
        .text("strategy", explanation.strategy())
        .objects("providers", explanation.providers(), ExplanationJson::row)
        .value("order", explanation.order())
        .integer("max_attempts", explanation.maxAttempts())
        .end();
  }

  private static void row(JsonWriter json, RouteExplanation.Row row) {
    json.text("name", row.name())
        .value("model", row.model())
        .flag("eligible", row.reason() == null);
    if (row.reason() != null) {
      json.text("reason", row.reason());
    }
    if (row.scoreName() != null && row.score() != null) {
      json.text("score_name", row.scoreName());
      json.raw("score", BigDecimal.valueOf(row.score()).toPlainString().getBytes(US_ASCII));
    }
  }
}
