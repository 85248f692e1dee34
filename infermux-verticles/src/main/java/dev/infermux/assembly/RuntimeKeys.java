package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.KeyRequests;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.management.view.KeysView;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.keys.IssuedKey;
import dev.infermux.keys.KeyJson;
import dev.infermux.keys.KeyRequest;
import dev.infermux.keys.VirtualKey;
import dev.infermux.keys.VirtualKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes, lists and ends the keys that are not in the file. Safe on any thread. */
final class RuntimeKeys implements KeysView {

  private final Vertx vertx;
  private final VirtualKeys keys;
  private final ConfigApplier configs;
  private final InstantSource clock;

  RuntimeKeys(Vertx vertx, VirtualKeys keys, ConfigApplier configs, InstantSource clock) {
    this.vertx = vertx;
    this.keys = keys;
    this.configs = configs;
    this.clock = clock;
  }

  @Override
  public Future<JsonObject> create(JsonObject body) {
    KeyRequests read = KeyRequests.read(body, clock);
    if (!read.problems().isEmpty()) {
      return refused("invalid_key", 422, String.join("; ", read.problems()));
    }
    KeyRequest terms = read.request();
    return vertx
        .executeBlocking(() -> created(terms))
        .compose(issued -> inForce().map(done -> shown(issued, configs.current().http().auth())))
        .recover(RuntimeKeys::unwritten);
  }

  /** Two keys that are made at the same time see each other. */
  private IssuedKey created(KeyRequest terms) throws IOException {
    synchronized (keys) {
      String conflict = conflict(configs.current(), terms);
      if (!conflict.isEmpty()) {
        throw refusal("key_conflict", 409, conflict);
      }
      return keys.create(terms);
    }
  }

  @Override
  public List<JsonObject> all() {
    return keys.all().stream().map(KeyJson::shown).toList();
  }

  @Override
  public Future<JsonObject> revoke(String id) {
    return vertx
        .executeBlocking(() -> keys.revoke(id))
        .compose(
            found ->
                found.isEmpty()
                    ? refused("not_found", 404, "key: none of this id (GET keys lists them)")
                    : inForce().map(done -> KeyJson.shown(found.get())))
        .recover(RuntimeKeys::unwritten);
  }

  /** Its budget and limits count from here on. */
  private Future<?> inForce() {
    return configs.update(UnaryOperator.identity());
  }

  private static JsonObject shown(IssuedKey issued, AuthOptions auth) {
    JsonArray warnings = new JsonArray();
    if (auth.mode() == AuthMode.PASSTHROUGH) {
      warnings.add("auth.mode: passthrough lets callers in without a key too");
    }
    if (auth.keysFile() == null) {
      warnings.add("auth.keys_file is not set: the key ends with this process");
    }
    return KeyJson.shown(issued.key())
        .put("key", issued.secret().reveal())
        .put("warnings", warnings);
  }

  /** A caller has one budget and one set of limits, whichever key it uses. */
  private String conflict(Config config, KeyRequest terms) {
    String caller = terms.caller();
    boolean budgeted =
        config.budgets().callers().stream().anyMatch(budget -> budget.caller().equals(caller));
    boolean limited =
        config.http().auth().keys().stream()
            .anyMatch(key -> key.caller().equals(caller) && key.limits() != null);
    if (terms.budget() != null && budgeted) {
      return "budget: caller \"" + caller + "\" has one in the file (expected: none here)";
    } else if (terms.limits() != null && limited) {
      return "limits: caller \"" + caller + "\" has some in the file (expected: none here)";
    }
    for (VirtualKey other : keys.all()) {
      KeyRequest its = other.terms();
      if (its.caller().equals(caller)
          && (differ(its.budget(), terms.budget()) || differ(its.limits(), terms.limits()))) {
        return "caller: \""
            + caller
            + "\" has the key "
            + other.id()
            + " with another budget or"
            + " other limits (expected: the same, or none)";
      }
    }
    return "";
  }

  private static boolean differ(@Nullable Object one, @Nullable Object other) {
    return one != null && other != null && !Objects.equals(one, other);
  }

  private static <T> Future<T> unwritten(Throwable cause) {
    return cause instanceof IOException disk
        ? refused("keys_not_written", 500, "auth.keys_file: " + disk + " (nothing has changed)")
        : Future.failedFuture(cause);
  }

  private static <T> Future<T> refused(String code, int status, String message) {
    return Future.failedFuture(refusal(code, status, message));
  }

  private static InferenceException refusal(String code, int status, String message) {
    return new InferenceException(new Failure.Unservable(code, status, message));
  }
}
