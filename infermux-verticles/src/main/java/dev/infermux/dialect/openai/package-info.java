/**
 * OpenAI's dialect: requests, answers, streams and errors, read and written. Front APIs, provider
 * types, the mock, health checks and the command line import it. Internal.
 */
@NullMarked
package dev.infermux.dialect.openai;

import org.jspecify.annotations.NullMarked;
