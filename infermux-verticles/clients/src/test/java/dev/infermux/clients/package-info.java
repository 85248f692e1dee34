/** Runs real clients against an InferMux before a mock; nothing imports it. */
@NullMarked
package dev.infermux.clients;

import org.jspecify.annotations.NullMarked;
