package dev.infermux.cli.migrate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The configuration in the making, and what has no counterpart in it. */
final class Migration {

  /** A comment ends with its line. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\u2028\\u2029]");

  private final String source;
  private final List<ProviderDraft> providers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<String, Object> blocks = new LinkedHashMap<>();
  private final Set<String> lost = new LinkedHashSet<>();

  /** Begins with nothing; {@code source} says where it comes from. */
  Migration(String source) {
    this.source = oneLine(source);
  }

  List<ProviderDraft> providers() {
    return providers;
  }

  /** The provider for this account that may give the name this meaning, a new one if need be. */
  ProviderDraft provider(String wanted, Map<String, Object> account, String asked, String model) {
    return providers.stream()
        .filter(one -> one.isOf(account) && one.takes(asked, model))
        .findFirst()
        .orElseGet(() -> added(wanted, account));
  }

  private ProviderDraft added(String wanted, Map<String, Object> account) {
    String name = wanted;
    while (!names.add(name)) {
      name = wanted + "-" + numbers.merge(wanted, 2, (last, first) -> last + 1);
    }
    ProviderDraft draft = new ProviderDraft(name, account);
    providers.add(draft);
    return draft;
  }

  /** Those that serve a name, in order. */
  List<ProviderDraft> serving(String asked) {
    return providers.stream().filter(one -> one.target(asked) != null).toList();
  }

  /** Puts a value at a path such as {@code routing.retry.attempts}. */
  void set(String path, Object value) {
    Map<String, Object> at = blocks;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      at = below(at, keys[i]);
    }
    at.put(keys[keys.length - 1], value);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> below(Map<String, Object> at, String key) {
    return (Map<String, Object>)
        at.computeIfAbsent(key, any -> new LinkedHashMap<String, Object>());
  }

  /** The price of a model at a provider. */
  void price(String provider, String model, Map<String, Object> price) {
    below(below(blocks, "pricing"), provider).put(model, price);
  }

  /** The time limit of all providers that have none of their own. */
  void timeout(String limit) {
    providers.forEach(provider -> provider.timeout(limit));
  }

  /** What is not as it was, or is not there at all: one line each. */
  void lose(String line) {
    lost.add(oneLine(line));
  }

  private static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }

  List<String> lost() {
    return List.copyOf(lost);
  }

  /** The whole file. */
  String text() {
    StringBuilder text = new StringBuilder("# Imported from " + source + " by: infermux import\n");
    if (!lost.isEmpty()) {
      text.append("#\n# Without a counterpart, or not quite the same:\n");
      lost.forEach(line -> text.append("# - ").append(line).append('\n'));
    }
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("providers", providers.stream().map(ProviderDraft::yaml).toList());
    blocks.forEach(yaml::put);
    return text.append('\n').append(YamlText.of(yaml)).toString();
  }
}
