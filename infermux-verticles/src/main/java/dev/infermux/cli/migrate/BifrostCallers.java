package dev.infermux.cli.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code governance}: virtual keys become keys of callers, and their budgets those of callers. */
final class BifrostCallers {

  private final Migration to;
  private final Map<String, SourceMap> budgets = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<Object> keys = new ArrayList<>();
  private final List<Object> limits = new ArrayList<>();

  BifrostCallers(Migration to) {
    this.to = to;
  }

  /**
   * All callers.
   *
   * @param enforced whether nobody may call without a key there
   */
  void read(SourceMap governance, boolean enforced) {
    for (SourceMap budget : governance.maps("budgets")) {
      budget.text("id").ifPresent(id -> budgets.put(id, budget));
    }
    List<SourceMap> virtual = governance.maps("virtual_keys");
    virtual.forEach(this::key);
    if (!virtual.isEmpty()) {
      to.set("auth.mode", "static_key");
      to.set("auth.keys", keys); // without any the file is invalid, and nothing is written
    }
    if (enforced == virtual.isEmpty()) {
      to.lose(
          enforced
              ? "client.enforce_governance_header: without keys in the file nobody needs one"
              : "governance.virtual_keys: nobody may call without one");
    }
    if (!limits.isEmpty()) {
      to.set("budgets.callers", limits);
    }
    budgets.keySet().removeAll(used);
    budgets.values().forEach(one -> to.lose(one.path() + ": of no virtual key"));
    governance.rest().forEach(to::lose);
  }

  private void key(SourceMap virtual) {
    Optional<String> value = BifrostValues.text(virtual, "value");
    Optional<String> caller = virtual.text("name").or(() -> virtual.text("id"));
    if (value.isEmpty()
        || caller.isEmpty()
        || "false".equals(virtual.text("is_active").orElse(""))) {
      to.lose(virtual.path() + ": a key without a value, or one that is not active");
      return;
    }
    Map<String, Object> key = new LinkedHashMap<>();
    key.put("key", value.get());
    key.put("caller", caller.get());
    keys.add(key);
    SourceMap budget = virtual.text("budget_id").map(budgets::get).orElse(null);
    if (budget == null) {
      virtual.leave("budget_id");
    } else {
      used.add(budget.text("id").orElse(""));
      budget(caller.get(), budget);
    }
    virtual.ignore("id", "is_active", "description");
    virtual.rest().forEach(to::lose);
  }

  private void budget(String caller, SourceMap budget) {
    budget
        .number("max_limit", ImportedNumbers::usd)
        .ifPresent(
            usd -> {
              Map<String, Object> limit = new LinkedHashMap<>();
              limit.put("caller", caller);
              limit.put("monthly_usd", usd);
              limit.put("action", "hard_stop");
              limits.add(limit);
            });
    if (!budget.text("reset_duration").orElse("1M").equals("1M")) {
      to.lose(budget.path() + ".reset_duration: budgets are of calendar months");
    }
    budget.ignore("current_usage", "last_reset");
    budget.rest().forEach(to::lose);
  }
}
