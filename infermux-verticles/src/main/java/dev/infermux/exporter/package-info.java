/**
 * Verticles of users that run inside the gateway. Imported by configuration, assembly and command
 * line. Public API in part.
 */
@NullMarked
package dev.infermux.exporter;

import org.jspecify.annotations.NullMarked;
