/** Connections of callers at work on one event loop, in virtual time. */
@org.jspecify.annotations.NullMarked
package dev.infermux.vertx;
