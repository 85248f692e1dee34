package dev.infermux.provider.guard;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The providers of one InferMux: an immutable snapshot behind one reference. A call that has chosen
 * its provider finishes there even when another snapshot replaces this one. Safe on any thread.
 */
public final class Registry {

  private final AtomicReference<ProviderSnapshot> current;

  public Registry(ProviderSnapshot first) {
    this.current = new AtomicReference<>(first);
  }

  /** The providers of this moment; the same object until something changes. */
  public ProviderSnapshot snapshot() {
    return Objects.requireNonNull(current.get());
  }

  /** Every question that is asked from now on is answered from {@code next}. */
  public void replace(ProviderSnapshot next) {
    current.set(next);
  }
}
