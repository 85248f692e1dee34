/**
 * OpenAI's own dialect, as spoken by OpenAI and every server compatible with it. Only the assembly
 * imports it.
 */
@NullMarked
package dev.infermux.provider.openai;

import org.jspecify.annotations.NullMarked;
