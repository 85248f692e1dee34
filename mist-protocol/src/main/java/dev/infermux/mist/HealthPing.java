package dev.infermux.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonWriter;

/** Asks whether a tool is alive: {@code health.ping}. */
public record HealthPing(String from) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().text("from", from).end();
  }

  static HealthPing read(JsonFields in) {
    return new HealthPing(in.text("from"));
  }
}
