package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult.Loaded;
import dev.infermux.config.ProviderEntry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The providers that were added while the gateway runs. A configuration that is read again leaves
 * them where they are; one that names such a provider itself takes it over. Safe on any thread.
 */
final class RuntimeProviders {

  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /** As they were asked for, of those that an operator has added. */
  private final Map<String, JsonObject> blocks = new ConcurrentHashMap<>();

  /** The same of one that {@code block} describes, beside whatever else is configured then. */
  Future<AppliedConfig> add(ConfigApplier configs, ProviderEntry entry, JsonObject block) {
    String name = entry.options().name();
    return add(
        configs,
        name,
        config -> {
          Config next = ProgramProviders.with(config, entry);
          blocks.put(name, block);
          return next;
        });
  }

  /**
   * One of them as it is where this is configured besides: what it does not say comes from there.
   */
  ProviderEntry in(Config config, ProviderEntry entry) {
    JsonObject block = blocks.get(entry.options().name());
    return block != null && ConfigReader.provider(block, config) instanceof Loaded loaded
        ? loaded.config().providers().get(0)
        : entry;
  }

  /**
   * Adds a provider by {@code change}. It is known here before it is in force, since a reload may
   * come right behind.
   */
  Future<AppliedConfig> add(ConfigApplier configs, String name, UnaryOperator<Config> change) {
    return configs
        .update(
            config -> {
              Config next = change.apply(config);
              names.add(name);
              return next;
            })
        .recover(
            cause -> {
              if (!names(configs.current()).contains(name)) {
                forget(List.of(name));
              }
              return Future.failedFuture(cause);
            });
  }

  /** Takes a provider out; what is added by its name from then on is another one. */
  Future<AppliedConfig> remove(ConfigApplier configs, String name) {
    AtomicBoolean known = new AtomicBoolean();
    return configs
        .update(
            config -> {
              Config next = ProgramProviders.without(config, name);
              known.set(names.remove(name));
              return next;
            })
        .onFailure(
            cause -> {
              if (known.get() && names(configs.current()).contains(name)) {
                names.add(name);
              }
            })
        .onSuccess(applied -> blocks.remove(name));
  }

  /** A whole configuration was put in force: all providers are its own. */
  void clear() {
    names.clear();
    blocks.clear();
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** A configuration that was read is in force: what it names is its own. */
  void taken(Config read) {
    forget(names(read));
  }

  private void forget(List<String> some) {
    some.forEach(names::remove);
    some.forEach(blocks::remove);
  }

  private static List<String> names(Config config) {
    return config.providers().stream().map(entry -> entry.options().name()).toList();
  }
}
