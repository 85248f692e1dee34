/**
 * HTTP/1.1 byte by byte, down to how connections break. The mock's server imports it, and tests
 * that need more than a well-behaved HTTP server does. Public API in part.
 */
@NullMarked
package dev.infermux.mock.http;

import org.jspecify.annotations.NullMarked;
