/**
 * The event bus of a cluster: Vert.x over Hazelcast, as the block {@code cluster} says. Internal.
 */
@NullMarked
package dev.infermux.cluster.bus;

import org.jspecify.annotations.NullMarked;
