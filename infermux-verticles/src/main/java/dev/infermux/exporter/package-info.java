/**
 * Verticles of users that run inside the gateway. Imported by configuration and assembly. Internal.
 */
@NullMarked
package dev.infermux.exporter;

import org.jspecify.annotations.NullMarked;
