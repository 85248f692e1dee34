/**
 * What all dialects have in common: framing, errors and how a provider's answer is read. The
 * dialects, the transport and the front APIs import it. Internal.
 */
@NullMarked
package dev.infermux.dialect;

import org.jspecify.annotations.NullMarked;
