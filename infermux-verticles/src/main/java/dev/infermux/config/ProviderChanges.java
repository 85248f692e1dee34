package dev.infermux.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the providers of two configurations differ, by name; each list in declared order.
 *
 * @param added in the next configuration alone
 * @param removed in the former one alone
 * @param changed in both, with other options or policies
 * @param kept in both, and the same
 */
public record ProviderChanges(
    List<String> added, List<String> removed, List<String> changed, List<String> kept) {

  public ProviderChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    kept = List.copyOf(kept);
  }

  /**
   * Compares them.
   *
   * @throws IllegalArgumentException when two providers of one configuration share a name
   */
  public static ProviderChanges between(List<ProviderEntry> former, List<ProviderEntry> next) {
    Map<String, ProviderEntry> before = byName(former);
    Map<String, ProviderEntry> after = byName(next);
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    after.forEach(
        (name, entry) -> {
          ProviderEntry known = before.get(name);
          List<String> where = known == null ? added : known.equals(entry) ? kept : changed;
          where.add(name);
        });
    List<String> removed =
        before.keySet().stream().filter(name -> !after.containsKey(name)).toList();
    return new ProviderChanges(added, removed, changed, kept);
  }

  /** Whether all providers are kept, in any order. */
  public boolean none() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  /** Whether those that are in both stand in another order. */
  static boolean moved(List<ProviderEntry> former, List<ProviderEntry> next) {
    return !names(former, byName(next)).equals(names(next, byName(former)));
  }

  private static List<String> names(List<ProviderEntry> some, Map<String, ProviderEntry> others) {
    return some.stream().map(entry -> entry.options().name()).filter(others::containsKey).toList();
  }

  private static Map<String, ProviderEntry> byName(List<ProviderEntry> entries) {
    Map<String, ProviderEntry> byName = new LinkedHashMap<>();
    for (ProviderEntry entry : entries) {
      if (byName.put(entry.options().name(), entry) != null) {
        throw new IllegalArgumentException(
            "providers: two named \"" + entry.options().name() + "\" (expected: one)");
      }
    }
    return byName;
  }
}
