/** OpenAI and every compatible API as a provider. Only the assembly imports it. Internal. */
@NullMarked
package dev.infermux.provider.openai;

import org.jspecify.annotations.NullMarked;
