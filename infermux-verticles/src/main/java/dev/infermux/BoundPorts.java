package dev.infermux;

import org.jspecify.annotations.Nullable;

/**
 * The ports that were really bound.
 *
 * @param managementPort null when {@code /_infermux/*} is on {@code port}
 */
public record BoundPorts(int port, @Nullable Integer managementPort) {}
