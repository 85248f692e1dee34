package dev.infermux.assembly;

import dev.infermux.keys.KeyJson;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.SharedChange;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The budgets that were set while the gateway runs: each counts in place of what the configuration
 * or a key gives its caller, until it is taken back. Safe on any thread.
 */
final class BudgetOverlay {

  static final String KIND = "budget";

  private final Map<String, CallerBudget> own = new LinkedHashMap<>();
  private Map<String, CallerBudget> shared = Map.of();
  private List<String> unreadable = List.of();

  /** Sets one at this node alone. */
  synchronized void setHere(CallerBudget budget) {
    own.put(budget.caller(), budget);
  }

  /** Takes back one of this node alone; whether there was one. */
  synchronized boolean removeHere(String caller) {
    return own.remove(caller) != null;
  }

  /** Takes back all of this node alone. */
  synchronized void clearHere() {
    own.clear();
  }

  /** Those of all nodes are others; answers with the callers for whom that makes a difference. */
  synchronized List<String> replaceShared(List<SharedChange> changes) {
    Map<String, CallerBudget> next = new LinkedHashMap<>();
    List<String> broken = new ArrayList<>();
    for (SharedChange change : changes) {
      if (change.kind().equals(KIND) && change.effect() == ChangeEffect.SET) {
        try {
          String caller = change.name();
          next.put(caller, KeyJson.budget(caller, new JsonObject(change.body())));
        } catch (RuntimeException unknown) {
          broken.add("budget of caller " + change.name() + ": it cannot be read");
        }
      }
    }
    Set<String> callers = new LinkedHashSet<>(shared.keySet());
    callers.addAll(next.keySet());
    List<String> different =
        callers.stream()
            .filter(caller -> !Objects.equals(shared.get(caller), next.get(caller)))
            .toList();
    shared = next;
    unreadable = List.copyOf(broken);
    return different;
  }

  /** What of those of all nodes is not in force here, and why. */
  synchronized List<String> problems() {
    return unreadable;
  }

  /** The one that was set for a caller; null where none was. */
  synchronized @Nullable CallerBudget of(String caller) {
    CallerBudget all = shared.get(caller);
    return all == null ? own.get(caller) : all;
  }

  /** The callers whose budgets the configuration has too, and which do not count. */
  synchronized List<String> over(List<CallerBudget> configured) {
    return configured.stream().map(CallerBudget::caller).filter(one -> of(one) != null).toList();
  }

  /**
   * All budgets in force.
   *
   * @param ofKeys by caller; those of the configuration count before them
   */
  synchronized BudgetOptions over(BudgetOptions configured, Map<String, CallerBudget> ofKeys) {
    Map<String, CallerBudget> all = new LinkedHashMap<>(ofKeys);
    configured.callers().forEach(budget -> all.put(budget.caller(), budget));
    all.putAll(own);
    all.putAll(shared);
    List<CallerBudget> callers = List.copyOf(all.values());
    return callers.equals(configured.callers()) ? configured : configured.withCallers(callers);
  }
}
