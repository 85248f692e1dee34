/**
 * The HTTP listener and its front APIs: routes, and how each reads requests and writes answers.
 * Only the assembly imports it.
 */
@NullMarked
package dev.infermux.inbound.http;

import org.jspecify.annotations.NullMarked;
