package dev.infermux.assembly;

import dev.infermux.config.Config;
import io.vertx.core.Future;
import java.util.List;
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
                names.remove(name);
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
            });
  }

  /** A whole configuration was put in force: all providers are its own. */
  void clear() {
    names.clear();
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** A configuration that was read is in force: what it names is its own. */
  void taken(Config read) {
    names.removeAll(names(read));
  }

  private static List<String> names(Config config) {
    return config.providers().stream().map(entry -> entry.options().name()).toList();
  }
}
