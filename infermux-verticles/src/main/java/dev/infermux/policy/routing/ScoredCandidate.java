package dev.infermux.policy.routing;

import java.util.function.LongBinaryOperator;

/**
 * A candidate and what a strategy asks of it.
 *
 * @param index its provider's, in declared order
 * @param price prompt and completion tokens to nano-dollars
 */
public record ScoredCandidate(int index, Candidate candidate, LongBinaryOperator price) {}
