package dev.infermux.dialect;

import dev.infermux.inference.Attempt;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * An answer with an error status.
 *
 * @param body its first 64 KiB at most, or what came before it broke off
 */
public record ErrorResponse(Attempt attempt, int status, MultiMap headers, Buffer body) {}
