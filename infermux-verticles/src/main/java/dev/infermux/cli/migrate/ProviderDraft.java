package dev.infermux.cli.migrate;

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
  private final Map<String, String> targets = new LinkedHashMap<>();
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

  /** All keys but name and models. */
  Map<String, Object> account() {
    return account;
  }

  /** Whether it is the same account, asked in the same way; a limit is of one deployment alone. */
  boolean isOf(Map<String, Object> other) {
    return account.equals(other) && !account.containsKey("rate_limits");
  }

  /** Serves whatever is asked of it. */
  void anyModel() {
    anyModel = true;
  }

  /** Whether this name may mean that model here, and all others what they mean now. */
  boolean takes(String asked, String model) {
    String now = targets.getOrDefault(asked, models().contains(asked) ? asked : model);
    return now.equals(model) && targets.getOrDefault(model, model).equals(model);
  }

  void serves(String asked, String model) {
    targets.put(asked, model);
  }

  /** What a name means here; null where the source does not have it here. */
  @Nullable String target(String asked) {
    return targets.get(asked);
  }

  /** Whether calls for this name could come here, wanted or not. */
  boolean couldServe(String name) {
    return anyModel || targets.containsKey(name) || targets.containsValue(name);
  }

  Set<String> names() {
    return targets.keySet();
  }

  private Set<String> models() {
    return new LinkedHashSet<>(targets.values());
  }

  void timeout(String limit) {
    account.putIfAbsent("timeout", limit);
  }

  /** What callers ask it for, in words. */
  String asked() {
    Set<String> asked = models();
    asked.addAll(targets.keySet());
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
      yaml.put("models", List.copyOf(models()));
    }
    Map<String, String> aliases = new LinkedHashMap<>(targets);
    aliases.entrySet().removeIf(one -> one.getKey().equals(one.getValue()));
    if (!aliases.isEmpty()) {
      yaml.put("model_aliases", aliases);
    }
    return yaml;
  }
}
