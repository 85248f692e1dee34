package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of its caller's budget before its first attempt.
 *
 * @param model as the caller named it
 * @param promptTokens no fewer than any provider will count; see {@link PromptBound}
 * @param maxTokens the longest completion of one choice; 0 where there is none, such as for
 *     embeddings; {@link #NOT_GIVEN} = {@code budgets.reserve_output_tokens}
 * @param choices completions asked for ({@code n}, for each prompt), at least 1
 * @param predicted tokens of an answer that the caller foretells: those that come otherwise are
 *     paid for beside the completion
 * @param asked the dearest price at which the asked model may be served, failover included
 * @param override the same for the budget's override model; null when it has none or when nobody
 *     serves it
 */
public record ReservationRequest(
    String caller,
    String model,
    long promptTokens,
    long maxTokens,
    long choices,
    long predicted,
    UnitPrice asked,
    @Nullable UnitPrice override) {

  public static final long NOT_GIVEN = -1;

  /** More tokens than any model has; what is above counts as this many. */
  private static final long MOST_TOKENS = 1L << 31;

  private static final long MOST_CHOICES = 1L << 30;

  public ReservationRequest {
    promptTokens = Math.min(MOST_TOKENS, Math.max(0, promptTokens));
    maxTokens = Math.min(MOST_TOKENS, Math.max(NOT_GIVEN, maxTokens));
    choices = Math.min(MOST_CHOICES, Math.max(1, choices));
    predicted = Math.min(MOST_TOKENS, Math.max(0, predicted));
  }

  /**
   * The most that an attempt can cost.
   *
   * @param otherwise the longest completion when none is given
   */
  public Usd atMost(UnitPrice price, long otherwise) {
    return new Usd(nanosAtMost(price, maxTokens == NOT_GIVEN ? otherwise : maxTokens));
  }

  /** The share of its prompt. */
  public Usd promptAtMost(UnitPrice price) {
    return new Usd(price.nanosAtMost(promptTokens, 0));
  }

  long nanosAtMost(UnitPrice price, long each) {
    return price.nanosAtMost(promptTokens, (each + predicted) * choices);
  }

  /** The longest completion that {@code room} nano-dollars pay for; less than 1 for none. */
  long completionWithin(UnitPrice price, long room) {
    return price.outputWithin(room, promptTokens) / choices - predicted;
  }
}
