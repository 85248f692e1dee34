package dev.infermux.events.metrics;

import io.vertx.core.buffer.Buffer;

/**
 * All metrics at one moment, as a scrape wants them.
 *
 * @param contentType for the header of that name
 * @param body UTF-8
 */
public record MetricsText(String contentType, Buffer body) {}
