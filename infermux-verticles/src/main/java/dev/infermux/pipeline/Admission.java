package dev.infermux.pipeline;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls in flight over all cells and refuses those above {@code limits.max_in_flight}.
 * Safe on any thread.
 */
public final class Admission {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile int limit;

  public Admission(int limit) {
    this.limit = limit;
  }

  /** Changes the limit; calls in flight stay, however many they are. */
  public void limit(int calls) {
    limit = calls;
  }

  /**
   * Takes a place, to be given back with {@link #leave()}.
   *
   * @throws InferenceException with {@link Failure.Overloaded} when there is none
   */
  void enter() {
    if (inFlight.incrementAndGet() > limit) {
      inFlight.decrementAndGet();
      throw new InferenceException(
          new Failure.Overloaded(
              "limits.max_in_flight: " + limit + " calls are in flight (try again shortly)",
              RETRY_AFTER));
    }
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  public int inFlight() {
    return inFlight.get();
  }
}
