/** Anthropic and every compatible API as a provider. Only the assembly imports it. Internal. */
@NullMarked
package dev.infermux.provider.anthropic;

import org.jspecify.annotations.NullMarked;
