/**
 * Makes the providers of a configuration: who speaks to them, who guards them, and whose models
 * they sell. Imported by the assembly alone.
 */
@NullMarked
package dev.infermux.assembly.provider;

import org.jspecify.annotations.NullMarked;
