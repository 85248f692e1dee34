package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/**
 * Says that a tool is alive: {@code health.pong}.
 *
 * @param version the version of the tool, not of the protocol
 * @param uptimeS seconds since the tool started
 */
public record HealthPong(String from, String version, long uptimeS) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object()
        .text("from", from)
        .text("version", version)
        .integer("uptime_s", uptimeS)
        .end();
  }

  static HealthPong read(JsonFields in) {
    return new HealthPong(in.text("from"), in.text("version"), in.integer("uptime_s"));
  }
}
