package dev.infermux.inbound.management.view;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The budgets of callers, and those that are set while the gateway runs. What is refused fails with
 * an {@code InferenceException}.
 */
public interface BudgetsView {

  /** Those in force, each with where it is from. */
  List<JsonObject> all();

  /** Sets the budget of a caller, whatever it had before. */
  Future<JsonObject> set(JsonObject request);

  /** Takes back what was set for a caller. */
  Future<JsonObject> remove(String caller);
}
