package dev.infermux.operations;

import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway tells of itself beside its counts of calls.
 *
 * @param inFlight counts the calls being served now
 * @param lagSeconds how late the latest event loop is
 * @param transport what carries the sockets
 * @param traceUrl where people look at a trace, with {@code {trace_id}} in it; null = nowhere
 */
public record GatewayFacts(
    IntSupplier inFlight, DoubleSupplier lagSeconds, String transport, @Nullable String traceUrl) {}
