package dev.infermux.standing;

import dev.infermux.inference.Exclusion;
import dev.infermux.policy.circuit.CircuitView;
import org.jspecify.annotations.Nullable;

/** Decides whether a provider may be called now. Safe on any thread. */
public interface Circuit {

  /** Why an attempt would be refused now; null when it would be admitted. */
  @Nullable Exclusion exclusion();

  /** Takes leave for one attempt; null when refused. */
  @Nullable Permit enter();

  CircuitView view();

  /** Opens by hand, until closed by hand or the recovery window has passed. */
  void open();

  /** Closes by hand, without a probe. */
  void close();

  /** Closes and forgets all statistics. */
  void reset();
}
