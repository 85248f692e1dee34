package dev.infermux.events;

import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.BudgetAlert;
import org.jspecify.annotations.Nullable;

/**
 * A caller's spend has reached a mark of its budget, or a call was refused because it did not fit.
 *
 * @param kind {@code threshold} or {@code refusal}
 * @param requestId of the refused call; null for a threshold
 */
public record BudgetAlertEvent(
    String kind,
    String caller,
    @Nullable String requestId,
    @Nullable BudgetAlert alert,
    @Nullable String message)
    implements Payload {

  public static final String TYPE = MistType.EVENT_BUDGET_ALERT;

  public static BudgetAlertEvent of(BudgetAlert alert) {
    return new BudgetAlertEvent("threshold", alert.caller(), null, alert, null);
  }

  static BudgetAlertEvent refusal(FinishedCall call, String message) {
    return new BudgetAlertEvent(
        "refusal", call.attribution().caller(), call.requestId(), null, message);
  }

  @Override
  public byte[] json() {
    JsonWriter json = JsonWriter.object().text("kind", kind).text("caller", caller);
    json.textIfAny("request_id", requestId == null ? "" : requestId);
    BudgetAlert mark = alert;
    if (mark != null) {
      json.text("period", mark.month().toString()).integer("percent", mark.percent());
      EventJson.usd(json, "limit_usd", mark.limit());
      EventJson.usd(json, "spent_usd", mark.spent());
      json.text("action", mark.action().wireName());
    }
    return json.textIfAny("message", message == null ? "" : message).end();
  }
}
