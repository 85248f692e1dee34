package dev.infermux.mock;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The events of a stream's text, by their names and data. */
record WireEvents(List<String> names, List<JsonObject> data) {

  static WireEvents of(String stream) {
    List<String> names = new ArrayList<>();
    List<JsonObject> data = new ArrayList<>();
    for (String event : stream.split("\n\n")) {
      for (String line : event.split("\n")) {
        if (line.startsWith("event: ")) {
          names.add(line.substring(7));
        } else if (line.startsWith("data: {")) {
          data.add(new JsonObject(line.substring(6)));
        }
      }
    }
    return new WireEvents(names, data);
  }

  JsonObject last() {
    return data.get(data.size() - 1);
  }

  String lastName() {
    return names.get(names.size() - 1);
  }

  /** What a field of all events of a name comes to. */
  String joined(String name, String field) {
    StringBuilder all = new StringBuilder();
    for (JsonObject one : data) {
      if (name.equals(one.getString("type"))) {
        all.append(one.getValue(field));
      }
    }
    return all.toString();
  }
}
