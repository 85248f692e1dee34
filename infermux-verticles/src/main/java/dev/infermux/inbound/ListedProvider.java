package dev.infermux.inbound;

import java.util.List;

/** A provider as a front API lists it: what callers may ask it for, in declared order. */
public record ListedProvider(String name, List<String> models) {

  public ListedProvider {
    models = List.copyOf(models);
  }
}
