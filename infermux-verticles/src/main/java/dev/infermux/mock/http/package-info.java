/**
 * Plays a mock on a socket, in OpenAI's dialect, down to how connections break. The command line
 * imports it, and tests that need more than a well-behaved HTTP server does.
 */
@NullMarked
package dev.infermux.mock.http;

import org.jspecify.annotations.NullMarked;
