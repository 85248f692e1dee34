/**
 * What all cells know of each provider: its circuit, health, ceiling and latency, and the guard
 * that keeps them true. The pipeline and the assembly import it.
 */
@NullMarked
package dev.infermux.provider.guard;

import org.jspecify.annotations.NullMarked;
