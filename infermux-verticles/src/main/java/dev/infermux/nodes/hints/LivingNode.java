package dev.infermux.nodes.hints;

import java.time.Duration;

/**
 * A node that lives as far as this one hears.
 *
 * @param silent since it was heard last
 * @param self whether it is this one
 */
public record LivingNode(NodeIdentity identity, Duration silent, boolean self) {}
