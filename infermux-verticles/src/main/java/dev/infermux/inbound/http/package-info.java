/** The HTTP door. Imported by the library face and config. */
@NullMarked
package dev.infermux.inbound.http;

import org.jspecify.annotations.NullMarked;
