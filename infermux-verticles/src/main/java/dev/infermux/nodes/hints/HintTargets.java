package dev.infermux.nodes.hints;

import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.provider.guard.Registry;

/**
 * What hints are about.
 *
 * @param registry the providers
 * @param callers the limits of callers
 */
public record HintTargets(Registry registry, CallerLimits callers) {}
