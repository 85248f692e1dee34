package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The providers that were added while the gateway runs. A configuration that is read again leaves
 * them where they are; one that names such a provider itself takes it over. Safe on any thread.
 */
final class RuntimeProviders {

  private final Set<String> names = ConcurrentHashMap.newKeySet();

  void added(String name) {
    names.add(name);
  }

  void removed(String name) {
    names.remove(name);
  }

  /** A whole configuration was put in force: all providers are its own. */
  void clear() {
    names.clear();
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /** What is read next, with those of the configuration in force that it does not name. */
  Config kept(Config former, Config next) {
    Config all = next;
    for (ProviderEntry entry : former.providers()) {
      String name = entry.options().name();
      if (names.contains(name) && !names(next).contains(name)) {
        all = all.withProvider(entry);
      }
    }
    return all;
  }

  /** A configuration that was read is in force: what it names is its own. */
  void taken(Config read) {
    names.removeAll(names(read));
  }

  /** In the order of the configuration. */
  List<String> of(Config config) {
    return names(config).stream().filter(names::contains).toList();
  }

  private static List<String> names(Config config) {
    return config.providers().stream().map(entry -> entry.options().name()).toList();
  }
}
