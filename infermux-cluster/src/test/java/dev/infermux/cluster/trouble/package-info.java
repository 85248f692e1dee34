/** Nodes whose database, disk, clock or network is in trouble. */
@NullMarked
package dev.infermux.cluster.trouble;

import org.jspecify.annotations.NullMarked;
