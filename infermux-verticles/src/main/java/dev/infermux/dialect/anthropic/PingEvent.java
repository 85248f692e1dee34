package dev.infermux.dialect.anthropic;

import io.vertx.core.buffer.Buffer;

/** The event that Anthropic sends while a stream is silent; clients pass over it. */
public final class PingEvent {

  public static final Buffer BYTES = Buffer.buffer("event: ping\ndata: {\"type\":\"ping\"}\n\n");

  private PingEvent() {}
}
