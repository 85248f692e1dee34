/**
 * What went wrong with a provider, in words fit for a caller. Imported by outbound and the dialects
 * under {@code provider}.
 */
@NullMarked
package dev.infermux.outbound.fault;

import org.jspecify.annotations.NullMarked;
