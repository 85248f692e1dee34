package dev.infermux.provider;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** All providers in declared order: an immutable list behind one reference. Safe on any thread. */
public final class Registry {

  private final AtomicReference<List<RegisteredProvider>> providers;

  public Registry(List<RegisteredProvider> providers) {
    this.providers = new AtomicReference<>(List.copyOf(providers));
  }

  /** The providers of this moment; the same list object until something changes. */
  public List<RegisteredProvider> snapshot() {
    return java.util.Objects.requireNonNull(providers.get());
  }
}
