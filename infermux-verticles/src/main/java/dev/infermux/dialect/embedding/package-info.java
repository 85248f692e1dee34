/**
 * Requests for embeddings without any API's spelling, between dialects that differ: what {@code
 * dialect.chat} is for chats. Internal.
 */
@NullMarked
package dev.infermux.dialect.embedding;

import org.jspecify.annotations.NullMarked;
