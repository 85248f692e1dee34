/**
 * HTTP/1.1 framing and timers for one-thread selector loops, shared by the mock provider and the
 * load generator.
 *
 * <p>Imported by the packages of this module only.
 */
@NullMarked
package dev.infermux.benchmarks.net;

import org.jspecify.annotations.NullMarked;
