/**
 * The neutral form: a chat's request and the events of its answer without any API's spelling. It is
 * used only where the dialects of caller and provider differ: each has a reader and a writer, and
 * none knows another. Internal.
 */
@NullMarked
package dev.infermux.dialect.chat;

import org.jspecify.annotations.NullMarked;
