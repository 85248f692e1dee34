package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.keys.KeyRequest;
import dev.infermux.keys.VirtualKey;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A caller has one budget and one set of limits, whichever key it uses. */
final class KeyConflicts {

  private KeyConflicts() {}

  /** What keeps such a key from being made; empty when nothing does. */
  static String of(ConfigApplier configs, List<VirtualKey> keys, KeyRequest terms) {
    if (terms.budget() != null && configs.overlay().of(terms.caller()) != null) {
      return "budget: caller \""
          + terms.caller()
          + "\" has one that was set while running (expected: none here)";
    }
    String withFile = withFile(configs.current(), terms);
    return withFile.isEmpty() ? withKeys(keys, terms) : withFile;
  }

  /** What of its terms the file has said otherwise. */
  static String withFile(Config config, KeyRequest terms) {
    String caller = terms.caller();
    if (terms.budget() != null
        && config.budgets().callers().stream().anyMatch(budget -> budget.caller().equals(caller))) {
      return "budget: caller \"" + caller + "\" has one in the file (expected: none here)";
    } else if (terms.limits() != null
        && config.http().auth().keys().stream()
            .anyMatch(key -> key.caller().equals(caller) && key.limits() != null)) {
      return "limits: caller \"" + caller + "\" has some in the file (expected: none here)";
    }
    return "";
  }

  private static String withKeys(List<VirtualKey> keys, KeyRequest terms) {
    String caller = terms.caller();
    for (VirtualKey other : keys) {
      KeyRequest its = other.terms();
      if (its.caller().equals(caller)
          && (differ(its.budget(), terms.budget()) || differ(its.limits(), terms.limits()))) {
        return "caller: \""
            + caller
            + "\" has the key "
            + other.id()
            + " with another budget or"
            + " other limits (expected: the same, or none)";
      }
    }
    return "";
  }

  private static boolean differ(@Nullable Object one, @Nullable Object other) {
    return one != null && other != null && !Objects.equals(one, other);
  }
}
