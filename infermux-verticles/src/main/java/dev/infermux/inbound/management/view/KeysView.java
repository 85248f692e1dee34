package dev.infermux.inbound.management.view;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The keys of callers that are made while the gateway runs. What is refused fails with an {@code
 * InferenceException}.
 */
public interface KeysView {

  /** Makes a key; the answer alone has the key itself. */
  Future<JsonObject> create(JsonObject request);

  /** The oldest first, without the keys themselves. */
  List<JsonObject> all();

  /** Ends a key. */
  Future<JsonObject> revoke(String id);
}
