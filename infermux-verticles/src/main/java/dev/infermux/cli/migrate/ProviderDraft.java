package dev.infermux.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A provider in the making. */
final class ProviderDraft {

  private static final Set<String> SPARE = Set.of("headers", "rate_limits", "timeout");

  private final String name;
  private final Map<String, Object> account;
  private final List<String> models = new ArrayList<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private boolean anyModel;

  /**
   * Begins one without models.
   *
   * @param account all its keys but name and models
   */
  ProviderDraft(String name, Map<String, Object> account) {
    this.name = name;
    this.account = new LinkedHashMap<>(account);
  }

  String name() {
    return name;
  }

  /** Whether it is the same account, asked in the same way. */
  boolean isOf(Map<String, Object> other) {
    return account.equals(other);
  }

  /** Serves whatever is asked of it. */
  void anyModel() {
    anyModel = true;
  }

  /** Whether this name may mean that model here. */
  boolean takes(String asked, String model) {
    return target(asked) == null || model.equals(target(asked));
  }

  void serves(String asked, String model) {
    if (!models.contains(model)) {
      models.add(model);
    }
    if (!asked.equals(model)) {
      aliases.put(asked, model);
    }
  }

  /** What a name means here; null where it is not served. */
  @Nullable String target(String asked) {
    return aliases.containsKey(asked) ? aliases.get(asked) : models.contains(asked) ? asked : null;
  }

  void timeout(String limit) {
    account.putIfAbsent("timeout", limit);
  }

  /** What callers ask it for, in words. */
  String asked() {
    Set<String> asked = new LinkedHashSet<>(models);
    asked.addAll(aliases.keySet());
    return asked.isEmpty() ? "any model" : String.join(", ", asked);
  }

  /** Leaves out a key that an account may be without; false for another one. */
  boolean without(@Nullable String key) {
    boolean spare = key != null && SPARE.contains(key);
    if (spare) {
      account.remove(key);
    }
    return spare;
  }

  Map<String, Object> yaml() {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", name);
    yaml.putAll(account);
    if (!anyModel) {
      yaml.put("models", models);
    }
    if (!aliases.isEmpty()) {
      yaml.put("model_aliases", aliases);
    }
    return yaml;
  }
}
