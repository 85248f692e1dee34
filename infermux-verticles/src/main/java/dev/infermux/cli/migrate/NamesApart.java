package dev.infermux.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names that only a group keeps to their own deployments: a provider serves whatever it is asked
 * for under the vendor's name as well, and one without a list of models serves nearly anything.
 */
final class NamesApart {

  private NamesApart() {}

  /**
   * Names by the providers that serve them in the source, those alone that need a group.
   *
   * @param grouped names that have one
   */
  static Map<List<String>, List<String>> of(List<ProviderDraft> providers, Set<String> grouped) {
    Set<String> names = new LinkedHashSet<>();
    providers.forEach(one -> names.addAll(one.names()));
    names.removeAll(grouped);
    Set<String> apart = new LinkedHashSet<>(grouped);
    names.stream()
        .filter(name -> providers.stream().anyMatch(one -> one.couldServe(name) && !has(one, name)))
        .forEach(apart::add);
    // A name without a group is in that of its target.
    boolean more = true;
    while (more) {
      more = apart.addAll(names.stream().filter(one -> follows(providers, one, apart)).toList());
    }
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    for (String name : names) {
      if (apart.contains(name)) {
        List<String> own =
            providers.stream().filter(one -> has(one, name)).map(ProviderDraft::name).toList();
        groups.computeIfAbsent(own, none -> new ArrayList<>()).add(name);
      }
    }
    return groups;
  }

  private static boolean has(ProviderDraft provider, String name) {
    return provider.target(name) != null;
  }

  private static boolean follows(List<ProviderDraft> providers, String name, Set<String> apart) {
    return providers.stream().map(one -> one.target(name)).anyMatch(apart::contains);
  }
}
