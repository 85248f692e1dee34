package dev.infermux.policy.circuit;

import java.util.function.Consumer;

/**
 * One wait of an open circuit and the one probe after it: what a circuit asks of the breaker under
 * it. Safe on any thread.
 */
public interface HalfOpenTimer {

  /**
   * Asks for the probe; false when it is taken or the wait not over.
   *
   * @param probe given what the probe's end completes, before its time begins to run
   * @param verdict takes whether the probe succeeded, later and with no lock held; a probe that
   *     took too long did not
   */
  boolean admit(Consumer<ProbeResult> probe, Consumer<Boolean> verdict);

  /** Takes the end of a probe, once. */
  interface ProbeResult {

    void succeeded();

    void failed(String reason);
  }
}
