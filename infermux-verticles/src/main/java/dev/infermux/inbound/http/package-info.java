/**
 * The HTTP listener and its front APIs: routes, and how each reads requests and writes answers.
 * Only the assembly imports it. Public API in part.
 */
@NullMarked
package dev.infermux.inbound.http;

import org.jspecify.annotations.NullMarked;
