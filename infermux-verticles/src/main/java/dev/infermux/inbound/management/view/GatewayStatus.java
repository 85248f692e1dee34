package dev.infermux.inbound.management.view;

import org.jspecify.annotations.Nullable;

/**
 * The gateway in a few numbers.
 *
 * @param providersHealthy those whose health check does not fail
 * @param requestsTotal calls finished since the start
 * @param errorsLastMinute calls that ended in an error; a caller who left is none
 * @param inFlight calls being served now
 * @param eventLoopLagMillis how late the latest event loop is now
 * @param transport what carries the sockets: {@code epoll}, {@code io_uring} or {@code nio}
 * @param traceUrl where people look at a trace, with {@code {trace_id}} in it; null = nowhere
 */
public record GatewayStatus(
    String version,
    long uptimeSeconds,
    int providersHealthy,
    int providersTotal,
    long requestsTotal,
    long requestsLastMinute,
    long errorsLastMinute,
    int inFlight,
    long eventLoopLagMillis,
    String transport,
    @Nullable String traceUrl) {}
