package dev.infermux.assembly;

import dev.infermux.config.KeyRequests;
import dev.infermux.inbound.auth.AuthMode;
import dev.infermux.inbound.auth.AuthOptions;
import dev.infermux.inbound.management.view.KeysView;
import dev.infermux.keys.IssuedKey;
import dev.infermux.keys.KeyJson;
import dev.infermux.keys.KeyRequest;
import dev.infermux.keys.VirtualKey;
import dev.infermux.keys.VirtualKeys;
import dev.infermux.network.CauseText;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes, lists and ends the keys that are not in the file. Safe on any thread. */
final class RuntimeKeys implements KeysView {

  private final Vertx vertx;
  private final VirtualKeys keys;
  private final ConfigApplier configs;
  private final InstantSource clock;
  private final ChangeSync sync;
  private final ReloadReport report;

  /**
   * @param sync for keys of all nodes, where there are others
   */
  RuntimeKeys(
      SectionsInForce sections, ConfigApplier configs, ChangeSync sync, ReloadReport report) {
    this.vertx = sections.vertx();
    this.keys = sections.keys();
    this.configs = configs;
    this.clock = sections.cells().router().time().clock();
    this.sync = sync;
    this.report = report;
  }

  @Override
  public Future<JsonObject> create(JsonObject body) {
    KeyRequests read = KeyRequests.read(body, configs.current(), clock);
    if (!read.problems().isEmpty()) {
      return ManagementRefusal.refused("invalid_key", 422, String.join("; ", read.problems()));
    }
    KeyRequest terms = read.request();
    Future<IssuedKey> issued = sync.shared() ? createForAll(terms) : createHere(terms);
    return issued.map(key -> made(key, read.warnings()));
  }

  private Future<IssuedKey> createForAll(KeyRequest terms) {
    IssuedKey issued = keys.issue(terms);
    String body = KeyJson.kept(issued.key()).encode();
    SharedChange change = SharedChange.set(SharedKeys.KIND, issued.key().id(), body);
    return sync.change(
            () -> {
              String conflict = KeyConflicts.of(configs, keys.all(), terms);
              return conflict.isEmpty()
                  ? Future.succeededFuture(List.of(change))
                  : ManagementRefusal.refused("key_conflict", 409, conflict);
            })
        .map(issued);
  }

  private Future<IssuedKey> createHere(KeyRequest terms) {
    return vertx
        .executeBlocking(() -> created(terms))
        .compose(issued -> inForce().map(issued))
        .recover(RuntimeKeys::unwritten);
  }

  /** Two keys that are made at the same time see each other. */
  private IssuedKey created(KeyRequest terms) throws IOException {
    synchronized (keys) {
      String conflict = KeyConflicts.of(configs, keys.all(), terms);
      if (!conflict.isEmpty()) {
        throw ManagementRefusal.of("key_conflict", 409, conflict);
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
    boolean here = keys.all().stream().anyMatch(key -> key.id().equals(id));
    boolean all = keys.shared(id).isPresent();
    return sync.shared() && (all || !here) ? revokeForAll(id) : revokeHere(id);
  }

  private Future<JsonObject> revokeForAll(String id) {
    AtomicReference<@Nullable VirtualKey> ended = new AtomicReference<>();
    return sync.change(
            () ->
                keys.shared(id)
                    .map(
                        key -> {
                          ended.set(key);
                          SharedChange change =
                              SharedChange.without(SharedKeys.KIND, id, ChangeEffect.FORGOTTEN);
                          return Future.succeededFuture(List.of(change));
                        })
                    .orElseGet(RuntimeKeys::unknown))
        .map(done -> revoked(Objects.requireNonNull(ended.get())));
  }

  private static <T> Future<T> unknown() {
    return ManagementRefusal.refused(
        "not_found", 404, "key: none of this id (GET keys lists them)");
  }

  private Future<JsonObject> revokeHere(String id) {
    return vertx
        .executeBlocking(() -> keys.revoke(id))
        .compose(
            found ->
                found.isEmpty()
                    ? RuntimeKeys.<JsonObject>unknown()
                    : inForce().map(done -> revoked(found.get())))
        .recover(RuntimeKeys::unwritten);
  }

  /** Its budget and limits count from here on. */
  private Future<?> inForce() {
    return configs.update(UnaryOperator.identity());
  }

  private JsonObject revoked(VirtualKey key) {
    report.key(key, "revoked");
    return KeyJson.shown(key);
  }

  private JsonObject made(IssuedKey issued, List<String> read) {
    report.key(issued.key(), "made");
    AuthOptions auth = configs.current().http().auth();
    JsonArray warnings = new JsonArray(new ArrayList<>(read));
    if (auth.mode() == AuthMode.PASSTHROUGH) {
      warnings.add("auth.mode: passthrough lets callers in without a key too");
    }
    if (auth.keysFile() == null && !sync.shared()) {
      warnings.add("auth.keys_file is not set: the key ends with this process");
    }
    return KeyJson.shown(issued.key())
        .put("key", issued.secret().reveal())
        .put("warnings", warnings);
  }

  private static <T> Future<T> unwritten(Throwable cause) {
    return cause instanceof IOException disk
        ? ManagementRefusal.refused(
            "keys_not_written",
            500,
            "auth.keys_file: "
                + CauseText.of(disk)
                + " (expected: a directory that InferMux may write to; nothing has changed)")
        : Future.failedFuture(cause);
  }
}
