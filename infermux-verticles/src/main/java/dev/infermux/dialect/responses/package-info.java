/**
 * OpenAI's Responses API as a dialect: requests, answers, streams and stored responses, read and
 * written. Front APIs, provider types of OpenAI's kind and the assembly import it. Internal.
 */
@NullMarked
package dev.infermux.dialect.responses;

import org.jspecify.annotations.NullMarked;
