/**
 * Ollama's own dialect: requests, answers, streams and errors, read and written. Front APIs,
 * provider types and the assembly import it. Internal.
 */
@NullMarked
package dev.infermux.dialect.ollama;

import org.jspecify.annotations.NullMarked;
