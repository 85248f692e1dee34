package dev.infermux.cli.migrate;

import dev.infermux.config.tree.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The configuration in the making, and what has no counterpart in it. */
final class Migration {

  /** A comment ends with its line. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{C}\\u2028\\u2029]");

  private static final Pattern PROVIDER =
      Pattern.compile("providers\\[(\\d+)](?:\\.(\\w+))?.*", Pattern.DOTALL);
  private static final Pattern GROUP =
      Pattern.compile("routing\\.groups\\[(\\d+)].*", Pattern.DOTALL);

  /** Without these a gateway is another one, though not one that lets more in, or spends more. */
  private static final Set<String> SPARE =
      Set.of("routing", "pricing", "circuit_breaker", "log", "telemetry");

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

  /**
   * Who gives one more name to what a provider serves: it, or the same account once more where the
   * name has a meaning there; none where that would double its limits.
   */
  Optional<ProviderDraft> also(ProviderDraft provider, String name, String model) {
    String target = String.valueOf(provider.target(model));
    if (provider.takes(name, target)) {
      provider.serves(name, target);
      return Optional.of(provider);
    }
    if (name.equals(model) || provider.account().containsKey("rate_limits")) {
      return Optional.empty();
    }
    ProviderDraft again =
        provider(provider.name().replaceFirst("-\\d+$", ""), provider.account(), name, target);
    again.serves(name, target);
    if (blocks.get("pricing") instanceof Map<?, ?> prices
        && prices.get(provider.name()) instanceof Map<?, ?> own
        && own.get(target) instanceof Map<?, ?> price) {
      below(below(blocks, "pricing"), again.name()).put(target, price);
    }
    return Optional.of(again);
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

  /** Whether so many retries are those of all providers; they are where no others were set. */
  boolean retries(int attempts) {
    Object before = below(below(blocks, "routing"), "retry").putIfAbsent("attempts", attempts);
    return before == null || before.equals(attempts);
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

  /** Leaves out what these are about, and lists it; whether that was all of them. */
  boolean leaveOut(List<Problem> problems) {
    Set<ProviderDraft> out = new HashSet<>();
    Set<Object> groups = new HashSet<>();
    Set<String> gone = new HashSet<>();
    for (Problem problem : problems) {
      Matcher provider = PROVIDER.matcher(problem.path());
      Matcher group = GROUP.matcher(problem.path());
      if (provider.matches()) {
        ProviderDraft draft = providers.get(Integer.parseInt(provider.group(1)));
        lose(draft.name() + " for " + draft.asked() + ": " + problem.text());
        if (!draft.without(provider.group(2))) {
          out.add(draft);
        }
      } else if (group.matches() && below(blocks, "routing").get("groups") instanceof List<?> all) {
        lose(problem.text());
        groups.add(all.get(Integer.parseInt(group.group(1))));
      } else if (spared(problem.path(), gone)) {
        lose(problem.text());
      } else {
        return false;
      }
    }
    providers.removeAll(out);
    out.forEach(draft -> below(blocks, "pricing").remove(draft.name()));
    List<String> names = out.stream().map(ProviderDraft::name).toList();
    below(blocks, "routing")
        .computeIfPresent("groups", (key, all) -> rest((List<?>) all, groups, names));
    return true;
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
    blocks.forEach((name, block) -> put(yaml, name, block));
    return text.append('\n').append(YamlText.of(yaml)).toString();
  }

  /** The groups without those, and what is left of each without these providers; null for none. */
  private @Nullable List<?> rest(List<?> all, Set<Object> out, List<String> providers) {
    List<Object> rest = new ArrayList<>();
    for (Object one : all) {
      if (!out.contains(one) && one instanceof Map<?, ?> group) {
        Map<Object, Object> left = new LinkedHashMap<>(group);
        List<String> own = new ArrayList<>(SourceMap.texts(group.get("providers")));
        own.removeAll(providers);
        left.put("providers", own);
        if (own.isEmpty()) {
          lose("nobody is left who serves " + group.get("models"));
        } else {
          rest.add(left);
        }
      }
    }
    return rest.isEmpty() ? null : rest;
  }

  /** Takes the block out where it is one of those; whether it is out. */
  private boolean spared(String path, Set<String> gone) {
    String block = path.split("[.\\[]", 2)[0];
    if (SPARE.contains(block) && blocks.remove(block) != null) {
      gone.add(block);
    }
    return gone.contains(block);
  }

  private static void put(Map<String, Object> yaml, String name, Object block) {
    if (!(block instanceof Map<?, ?> map && map.isEmpty())) {
      yaml.put(name, block);
    }
  }
}
