package dev.infermux.pipeline.selection;

import dev.infermux.policy.routing.Candidate;

/**
 * The provider to try next, and why.
 *
 * @param strategy the wire name of the strategy that chose
 * @param group the route group; empty when none applies
 */
public record Choice(Candidate candidate, String strategy, String group) {}
