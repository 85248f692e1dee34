/** One request and every way to answer it, whole or streamed. Imported by the HTTP door. */
@NullMarked
package dev.infermux.inbound.http.exchange;

import org.jspecify.annotations.NullMarked;
