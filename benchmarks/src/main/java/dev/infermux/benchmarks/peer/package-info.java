/** What the gateway is measured beside. */
@NullMarked
package dev.infermux.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
