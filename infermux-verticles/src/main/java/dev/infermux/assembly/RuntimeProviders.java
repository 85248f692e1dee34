package dev.infermux.assembly;

import dev.infermux.config.Config;
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

  /** A configuration that was read is in force: what it names is its own. */
  void taken(Config read) {
    names.removeAll(names(read));
  }

  private static List<String> names(Config config) {
    return config.providers().stream().map(entry -> entry.options().name()).toList();
  }
}
