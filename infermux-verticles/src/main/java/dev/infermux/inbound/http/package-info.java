/**
 * The HTTP door: its socket, its routes and the endpoint behind each. Only the assembly imports it.
 */
@NullMarked
package dev.infermux.inbound.http;

import org.jspecify.annotations.NullMarked;
