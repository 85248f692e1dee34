/**
 * Anthropic's dialect, the Messages API: requests, answers, streams and errors, read and written.
 * Providers and front APIs of the dialect import it. Internal.
 */
@NullMarked
package dev.infermux.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
