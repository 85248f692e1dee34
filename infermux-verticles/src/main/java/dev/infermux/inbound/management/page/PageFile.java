package dev.infermux.inbound.management.page;

import io.vertx.core.buffer.Buffer;

/** One file of the page, as it is and compressed. */
public record PageFile(String contentType, Buffer plain, Buffer gzip) {}
