/** Clusters of some nodes in one JVM, and of processes. */
@NullMarked
package dev.infermux.cluster.bus;

import org.jspecify.annotations.NullMarked;
