/**
 * Plays a mock on a socket, in OpenAI's dialect, and lets it be controlled there. Imported by the
 * command line.
 */
@NullMarked
package dev.infermux.mock.server;

import org.jspecify.annotations.NullMarked;
