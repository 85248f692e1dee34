package dev.infermux.inbound;

import java.util.List;
import java.util.function.Predicate;

/** A provider as a front API lists it: what callers may ask it for, in declared order. */
public record ListedProvider(String name, List<String> models) {

  public ListedProvider {
    models = List.copyOf(models);
  }

  /**
   * What a caller sees of them: the models that it may ask for, and no provider that has others
   * alone.
   *
   * @param allowed whether it may ask for a model
   */
  public static List<ListedProvider> visible(
      List<ListedProvider> providers, Predicate<String> allowed) {
    return providers.stream()
        .filter(one -> one.models().isEmpty() || one.models().stream().anyMatch(allowed))
        .map(one -> new ListedProvider(one.name(), one.models().stream().filter(allowed).toList()))
        .toList();
  }
}
