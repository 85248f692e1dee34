package dev.infermux.mock;

import dev.infermux.mock.script.MockBehaviour;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one request gets.
 *
 * @param number counts the requests from 1
 * @param seed decides about jitter, together with the number
 * @param complaint what an error says; empty = the usual words
 * @param allowance what is left of the rate limit; null = there is none
 */
public record AssignedResponse(
    MockBehaviour behaviour,
    long number,
    long seed,
    String complaint,
    @Nullable Allowance allowance) {

  /**
   * What is left of a rate limit.
   *
   * @param limit requests in all
   * @param reset until one more is left
   */
  public record Allowance(int limit, int remaining, Duration reset) {}
}
