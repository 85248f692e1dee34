package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ProviderEntry;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.SharedChange;
import dev.infermux.provider.guard.ProviderState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Providers that operators add and remove for all nodes while they run. Safe on any thread. */
final class SharedChanges {

  private final ConfigApplier configs;
  private final SharedProviders providers;
  private final ChangeSync sync;
  private final ChangeStatus status;

  SharedChanges(
      ConfigApplier configs, SharedProviders providers, ChangeSync sync, ChangeStatus status) {
    this.configs = configs;
    this.providers = providers;
    this.sync = sync;
    this.status = status;
  }

  /** Whether there are other nodes to change something for. */
  boolean shared() {
    return sync.shared();
  }

  Future<String> add(JsonObject block) {
    ConfigResult read =
        ConfigReader.sharedProvider(block, configs.current(), providers.environment());
    if (!(read instanceof ConfigResult.Loaded loaded)) {
      return ManagementRefusal.refused("invalid_provider", 422, SharedProviders.text(read));
    }
    String name = loaded.config().providers().get(0).options().name();
    return sync.change(() -> joining(name, block)).compose(done -> inForce(name));
  }

  private Future<List<SharedChange>> joining(String name, JsonObject block) {
    String quoted = "provider: \"" + name + "\"";
    if (has(configs.current(), name)) {
      return ManagementRefusal.refused(
          "provider_exists", 409, quoted + " (expected: a name that no other provider has)");
    } else if (providers.isOwn(name)) {
      return ManagementRefusal.refused(
          "provider_exists",
          409,
          quoted
              + " is this node's own and was removed (expected: a reload, which brings it back)");
    } else if (providers.wants(name, ChangeEffect.SET)) {
      return ManagementRefusal.refused(
          "provider_exists",
          409,
          quoted
              + " exists and is not in force at this node (expected: another name; GET nodes"
              + " says why)");
    }
    return one(name, ChangeEffect.SET, block.encode());
  }

  /** What cannot be brought into force where it was asked for is taken back. */
  private Future<String> inForce(String name) {
    if (configs.state(name) != null) {
      return Future.succeededFuture(name);
    }
    String why = String.join("; ", status.problems());
    return sync.change(() -> one(name, ChangeEffect.FORGOTTEN, ""))
        .transform(undone -> ManagementRefusal.refused("invalid_provider", 422, why));
  }

  Future<Integer> remove(String name) {
    ProviderState leaving = configs.state(name);
    return sync.change(() -> leaving(name)).map(done -> leaving == null ? 0 : leaving.inFlight());
  }

  private Future<List<SharedChange>> leaving(String name) {
    boolean own = providers.isOwn(name);
    boolean there =
        own
            ? !providers.wants(name, ChangeEffect.REMOVED)
            : providers.wants(name, ChangeEffect.SET);
    if (!there) {
      return ManagementRefusal.refused("not_found", 404, unknown(configs.current(), name));
    }
    return one(name, own ? ChangeEffect.REMOVED : ChangeEffect.FORGOTTEN, "");
  }

  /** Brings back what this node's own configuration has, for all nodes. */
  Future<Void> restore(List<ProviderEntry> own) {
    return sync.change(
        () ->
            Future.succeededFuture(
                providers.removed(own).stream()
                    .map(name -> change(name, ChangeEffect.FORGOTTEN, ""))
                    .toList()));
  }

  private static boolean has(Config config, String name) {
    return config.providers().stream().anyMatch(entry -> entry.options().name().equals(name));
  }

  private static String unknown(Config config, String name) {
    try {
      ProgramProviders.without(config, name);
      return "provider: \"" + name + "\" is no provider of all nodes";
    } catch (IllegalArgumentException none) {
      return String.valueOf(none.getMessage());
    }
  }

  private static Future<List<SharedChange>> one(String name, ChangeEffect effect, String body) {
    return Future.succeededFuture(List.of(change(name, effect, body)));
  }

  private static SharedChange change(String name, ChangeEffect effect, String body) {
    return new SharedChange(SharedProviders.KIND, name, effect, body);
  }
}
