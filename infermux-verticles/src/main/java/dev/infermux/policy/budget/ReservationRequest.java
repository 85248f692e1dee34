package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks of its caller's budget before its first attempt.
 *
 * @param model as the caller named it
 * @param promptTokens no fewer than any provider will count; see {@link PromptBound}
 * @param maxTokens the longest completion of one choice; 0 where there is none, such as for
 *     embeddings; {@link #NOT_GIVEN} = as {@code unlimited} says
 * @param choices completions asked for ({@code n}, for each prompt), at least 1
 * @param predicted tokens of an answer that the caller foretells: those that come otherwise are
 *     paid for beside the completion
 * @param asked the dearest price at which the asked model may be served, failover included; {@link
 *     UnitPrice#UNKNOWN} where only the override may serve
 * @param override the same for the budget's override model; null when it has none or when nobody
 *     serves it
 * @param unlimited what counts where no longest completion is given
 */
public record ReservationRequest(
    String caller,
    String model,
    long promptTokens,
    long maxTokens,
    long choices,
    long predicted,
    UnitPrice asked,
    @Nullable UnitPrice override,
    Unlimited unlimited) {

  public static final long NOT_GIVEN = -1;

  /** More tokens than any model has; what is above counts as this many. */
  private static final long MOST_TOKENS = 1L << 31;

  private static final long MOST_CHOICES = 1L << 30;

  /**
   * How a call is treated that names no longest completion.
   *
   * @param tokens that are reserved for each choice
   * @param held whether a caller with a hard limit is held to as many; else nothing in the call can
   *     say how many there may be
   */
  public record Unlimited(long tokens, boolean held) {

    /** As many as by default, and no more is said. */
    public static final Unlimited FREELY =
        new Unlimited(BudgetOptions.defaults().reserveOutputTokens(), false);
  }

  public ReservationRequest {
    promptTokens = Math.min(MOST_TOKENS, Math.max(0, promptTokens));
    maxTokens = Math.min(MOST_TOKENS, Math.max(NOT_GIVEN, maxTokens));
    choices = Math.min(MOST_CHOICES, Math.max(1, choices));
    predicted = Math.min(MOST_TOKENS, Math.max(0, predicted));
  }

  /** The same with another treatment. */
  public ReservationRequest otherwise(long tokens, boolean held) {
    return new ReservationRequest(
        caller,
        model,
        promptTokens,
        maxTokens,
        choices,
        predicted,
        asked,
        override,
        new Unlimited(Math.min(MOST_TOKENS, Math.max(0, tokens)), held));
  }

  /** The longest completion of one choice, given or not. */
  long longest() {
    return maxTokens == NOT_GIVEN ? unlimited.tokens() : maxTokens;
  }

  /** Whether the call has to be told its longest completion, so that it keeps to it. */
  boolean held(UnitPrice price) {
    return unlimited.held() && maxTokens == NOT_GIVEN && price.outputPerMillion().nanos() > 0;
  }

  /** Whether a longest completion that is shorter than this one can be asked for. */
  boolean shortens() {
    return maxTokens != NOT_GIVEN || unlimited.held();
  }

  /** The most that an attempt can cost. */
  public Usd atMost(UnitPrice price) {
    return new Usd(nanosAtMost(price, longest()));
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
