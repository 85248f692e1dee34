package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * An answer with an error status.
 *
 * @param body at most 64 KiB of it; empty when it was longer or broke off
 */
public record ErrorResponse(Attempt attempt, int status, MultiMap headers, Buffer body) {}
