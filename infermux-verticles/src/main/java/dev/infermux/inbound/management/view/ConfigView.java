package dev.infermux.inbound.management.view;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/**
 * The configuration, as it may be changed while the gateway runs. What is refused fails with an
 * {@code InferenceException}.
 */
public interface ConfigView {

  /** Reads the configuration again and brings it into force, if it is valid. */
  Future<ReloadOutcome> reload();

  /**
   * Adds a provider; completes when calls may choose it.
   *
   * @param block as an item of {@code providers} has it
   */
  Future<JoinedProvider> addProvider(JsonObject block);

  /** Takes a provider out; completes with the attempts under way there, which may end. */
  Future<Integer> removeProvider(String name);

  /** Whether a provider was added while the gateway runs, and is not the file's. */
  boolean addedAtRuntime(String provider);

  /** The least important that is logged. */
  String logLevel();

  /** Changes that until the file's log options change. */
  Future<String> logLevel(String level);
}
