/** Ollama's own API as a provider. Only the assembly imports it. Internal. */
@NullMarked
package dev.infermux.provider.ollama;

import org.jspecify.annotations.NullMarked;
