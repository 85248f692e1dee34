package dev.infermux.nodes.hints;

import dev.infermux.policy.ratelimit.RateDemand;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself.
 *
 * @param identity who it is
 * @param member what its cluster manager calls it; empty where it has none
 * @param leaving whether it is about to end
 * @param providers what is asked of its providers' rate limits in a second, by upstream
 * @param callers what its callers ask for in a second, by a hash of their name
 */
record NodeState(
    NodeIdentity identity,
    String member,
    boolean leaving,
    Map<String, RateDemand> providers,
    Map<String, RateDemand> callers) {

  private static final int MOST_ENTRIES = 1024;
  private static final int MOST_TEXT = 200;

  JsonObject json() {
    return new JsonObject()
        .put("node", identity.id())
        .put("name", identity.name())
        .put("version", identity.version())
        .put("started", identity.startedMillis())
        .put("member", member)
        .put("leaving", leaving)
        .put("providers", json(providers))
        .put("callers", json(callers));
  }

  /** Null where it is none. */
  static @Nullable NodeState read(JsonObject json) {
    try {
      String id = text(json, "node");
      if (id.isEmpty()) {
        return null;
      }
      return new NodeState(
          new NodeIdentity(
              id, text(json, "name"), text(json, "version"), json.getLong("started", 0L)),
          text(json, "member"),
          json.getBoolean("leaving", false),
          demands(json.getJsonObject("providers")),
          demands(json.getJsonObject("callers")));
    } catch (ClassCastException malformed) {
      return null;
    }
  }

  /** A text of a hint, at most so long that it can be shown; empty where it has none. */
  static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text
        ? text.substring(0, Math.min(text.length(), MOST_TEXT))
        : "";
  }

  private static JsonObject json(Map<String, RateDemand> demands) {
    JsonObject json = new JsonObject();
    demands.forEach(
        (key, demand) ->
            json.put(key, new JsonArray().add(demand.requests()).add(demand.tokens())));
    return json;
  }

  private static Map<String, RateDemand> demands(@Nullable JsonObject json) {
    Map<String, RateDemand> demands = new HashMap<>();
    if (json != null && json.size() <= MOST_ENTRIES) {
      for (String key : json.fieldNames()) {
        JsonArray pair = json.getJsonArray(key);
        if (pair != null && pair.size() == 2) {
          demands.put(key, new RateDemand(pair.getDouble(0), pair.getDouble(1)));
        }
      }
    }
    return demands;
  }
}
