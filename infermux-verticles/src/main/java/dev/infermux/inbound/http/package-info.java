/**
 * The HTTP door: its socket, its routes and the endpoint behind each. Imported by the library face.
 */
@NullMarked
package dev.infermux.inbound.http;

import org.jspecify.annotations.NullMarked;
