/** What the HTTP door can be told. Imported by the door and config. */
@NullMarked
package dev.infermux.inbound.http.options;

import org.jspecify.annotations.NullMarked;
