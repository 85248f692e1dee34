package dev.infermux.policy.circuit;

import java.time.Duration;
import java.util.function.Consumer;

/** Begins the waits of open circuits. Safe on any thread. */
public interface HalfOpenTimers {

  /**
   * Begins to wait.
   *
   * @param probeTimeout how long the probe after it may take
   * @param waited called when the wait is over, later and with no lock held
   */
  HalfOpenTimer begin(
      String provider, Duration wait, Duration probeTimeout, Consumer<HalfOpenTimer> waited);
}
