package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.ConfigView;
import dev.infermux.inbound.management.view.JoinedProvider;
import dev.infermux.inbound.management.view.ReloadOutcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A configuration that stays as it is. */
final class UnchangedConfig implements ConfigView {

  @Override
  public Future<ReloadOutcome> reload() {
    return Future.failedFuture("unchanged");
  }

  @Override
  public Future<JoinedProvider> addProvider(JsonObject block) {
    return Future.failedFuture("unchanged");
  }

  @Override
  public Future<Integer> removeProvider(String name) {
    return Future.failedFuture("unchanged");
  }

  @Override
  public boolean addedAtRuntime(String provider) {
    return false;
  }

  @Override
  public String logLevel() {
    return "info";
  }

  @Override
  public Future<String> logLevel(String level) {
    return Future.failedFuture("unchanged");
  }
}
