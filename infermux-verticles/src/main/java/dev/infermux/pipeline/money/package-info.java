/**
 * The stages that keep a call within its caller's budget, and book what it cost. Imported by the
 * pipeline and the assembly.
 */
@NullMarked
package dev.infermux.pipeline.money;

import org.jspecify.annotations.NullMarked;
