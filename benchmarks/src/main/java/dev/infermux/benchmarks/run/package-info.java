/**
 * The load run: starts the mock provider, nginx and the gateway, drives them in turn, and writes
 * the tables.
 *
 * <p>No package imports it; {@code load.sh} starts it.
 */
@NullMarked
package dev.infermux.benchmarks.run;

import org.jspecify.annotations.NullMarked;
