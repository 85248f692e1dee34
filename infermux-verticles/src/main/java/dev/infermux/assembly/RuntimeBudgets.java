package dev.infermux.assembly;

import dev.infermux.config.BudgetRequests;
import dev.infermux.inbound.management.view.BudgetsView;
import dev.infermux.keys.KeyJson;
import dev.infermux.keys.VirtualKeys;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.SharedChange;
import dev.infermux.policy.budget.CallerBudget;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets budgets of callers, lists them and takes them back. Safe on any thread. */
final class RuntimeBudgets implements BudgetsView {

  private final BudgetOverlay overlay;
  private final VirtualKeys keys;
  private final ConfigApplier configs;
  private final ChangeSync sync;
  private final ReloadReport report;

  /**
   * @param sync for budgets of all nodes, where there are others
   */
  RuntimeBudgets(
      SectionsInForce sections, ConfigApplier configs, ChangeSync sync, ReloadReport report) {
    this.overlay = sections.overlay();
    this.keys = sections.keys();
    this.configs = configs;
    this.sync = sync;
    this.report = report;
  }

  @Override
  public List<JsonObject> all() {
    return overlay.over(configs.current().budgets(), keys.budgets()).callers().stream()
        .map(this::row)
        .toList();
  }

  @Override
  public Future<JsonObject> set(JsonObject body) {
    BudgetRequests read = BudgetRequests.read(body, configs.current());
    if (!read.problems().isEmpty()) {
      return ManagementRefusal.refused("invalid_budget", 422, String.join("; ", read.problems()));
    }
    CallerBudget budget = read.budget();
    Future<?> done = sync.shared() ? setForAll(budget) : setHere(budget);
    return done.map(set -> row(budget).put("warnings", warnings(read.warnings())));
  }

  private Future<?> setForAll(CallerBudget budget) {
    String body = KeyJson.budget(budget).encode();
    SharedChange change = SharedChange.set(BudgetOverlay.KIND, budget.caller(), body);
    return sync.change(
        () ->
            Future.succeededFuture(
                budget.equals(overlay.of(budget.caller())) ? List.of() : List.of(change)));
  }

  private Future<?> setHere(CallerBudget budget) {
    return configs
        .update(
            config -> {
              overlay.setHere(budget);
              return config;
            })
        .onSuccess(done -> report.budgets(List.of(budget.caller()), overlay));
  }

  @Override
  public Future<JsonObject> remove(String caller) {
    Future<?> done = sync.shared() ? removeForAll(caller) : removeHere(caller);
    return done.map(
        removed -> {
          CallerBudget now = now(caller);
          return new JsonObject()
              .put("caller", caller)
              .put("budget", now == null ? null : row(now))
              .put("warnings", new JsonArray());
        });
  }

  private Future<?> removeForAll(String caller) {
    SharedChange change = SharedChange.without(BudgetOverlay.KIND, caller, ChangeEffect.FORGOTTEN);
    return sync.change(
        () -> overlay.of(caller) == null ? none(caller) : Future.succeededFuture(List.of(change)));
  }

  private Future<?> removeHere(String caller) {
    if (!overlay.removeHere(caller)) {
      return none(caller);
    }
    return configs
        .update(config -> config)
        .onSuccess(done -> report.budgets(List.of(caller), overlay));
  }

  private <T> Future<T> none(String caller) {
    CallerBudget now = now(caller);
    return ManagementRefusal.refused(
        "not_found",
        404,
        "budget: none was set for caller \""
            + caller
            + "\" while running"
            + (now == null ? "" : "; the one that it has is from a " + origin(caller)));
  }

  private @Nullable CallerBudget now(String caller) {
    return overlay.over(configs.current().budgets(), keys.budgets()).callers().stream()
        .filter(budget -> budget.caller().equals(caller))
        .findFirst()
        .orElse(null);
  }

  private JsonObject row(CallerBudget budget) {
    return new JsonObject()
        .put("caller", budget.caller())
        .mergeIn(KeyJson.budget(budget))
        .put("origin", origin(budget.caller()));
  }

  private String origin(String caller) {
    if (overlay.of(caller) != null) {
      return "runtime";
    }
    boolean file =
        configs.current().budgets().callers().stream()
            .anyMatch(budget -> budget.caller().equals(caller));
    return file ? "file" : "key";
  }

  private JsonArray warnings(List<String> read) {
    JsonArray warnings = new JsonArray(new ArrayList<>(read));
    return sync.shared()
        ? warnings
        : warnings.add("budgets.shared is not set: the budget ends with this process");
  }
}
