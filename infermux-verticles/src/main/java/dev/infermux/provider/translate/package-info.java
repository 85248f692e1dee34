/**
 * Serves callers whose dialect a provider does not speak: requests are translated on their way to
 * it, and answers on their way back. Nothing else knows that it happened. Internal.
 */
@NullMarked
package dev.infermux.provider.translate;

import org.jspecify.annotations.NullMarked;
