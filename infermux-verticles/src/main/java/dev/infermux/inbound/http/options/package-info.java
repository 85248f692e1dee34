/** What the HTTP door can be told. Imported by the door, config and the library face. */
@NullMarked
package dev.infermux.inbound.http.options;

import org.jspecify.annotations.NullMarked;
