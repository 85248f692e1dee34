package dev.infermux.policy.budget;

import org.jspecify.annotations.Nullable;

/**
 * What a call asks of its caller's budget before its first attempt.
 *
 * @param model as the caller named it
 * @param promptTokens no fewer than any provider will count; see {@link PromptBound}
 * @param maxTokens the longest completion of one choice; 0 where there is none, such as for
 *     embeddings; {@link #NOT_GIVEN} = {@code budgets.reserve_output_tokens}
 * @param choices completions asked for ({@code n}), at least 1
 * @param asked the dearest price at which the asked model may be served, failover included
 * @param override the same for the budget's override model; null when it has none or when nobody
 *     serves it
 */
public record HoldRequest(
    String caller,
    String model,
    long promptTokens,
    long maxTokens,
    long choices,
    UnitPrice asked,
    @Nullable UnitPrice override) {

  public static final long NOT_GIVEN = -1;

  /** More tokens than any model has; what is above counts as this many. */
  private static final long MOST_TOKENS = 1L << 40;

  private static final long MOST_CHOICES = 1L << 20;

  public HoldRequest {
    promptTokens = Math.min(MOST_TOKENS, Math.max(0, promptTokens));
    maxTokens = Math.min(MOST_TOKENS, Math.max(NOT_GIVEN, maxTokens));
    choices = Math.min(MOST_CHOICES, Math.max(1, choices));
  }
}
