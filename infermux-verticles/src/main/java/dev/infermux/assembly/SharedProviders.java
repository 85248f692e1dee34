package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.tree.Problem;
import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.SharedChange;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The providers that were added for all nodes and those that were removed for all, laid over what
 * this node's own configuration has. That one counts where both name a provider. Safe on any
 * thread.
 */
final class SharedProviders {

  static final String KIND = "provider";

  private final RuntimeProviders local;
  private final Map<String, String> environment;
  private Map<String, SharedChange> wanted = Map.of();
  private List<ProviderEntry> own = List.of();
  private Set<String> inForce = Set.of();
  private List<String> problems = List.of();

  /**
   * @param local those that were added for this node alone
   * @param environment for the credentials that they name
   */
  SharedProviders(RuntimeProviders local, Map<String, String> environment) {
    this.local = local;
    this.environment = environment;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** This node's own configuration is another one. */
  synchronized void own(List<ProviderEntry> providers) {
    own = List.copyOf(providers);
  }

  /** The program has taken a provider out of this node's own configuration. */
  synchronized void leaves(String name) {
    own = own.stream().filter(entry -> !name(entry).equals(name)).toList();
  }

  /** What all nodes shall have is something else. */
  synchronized void want(List<SharedChange> changes) {
    Map<String, SharedChange> all = new LinkedHashMap<>();
    changes.stream()
        .filter(change -> change.kind().equals(KIND))
        .forEach(change -> all.put(change.name(), change));
    wanted = all;
  }

  synchronized boolean isOwn(String name) {
    return own.stream().anyMatch(entry -> name(entry).equals(name));
  }

  /** Whether something was said of it for all nodes. */
  synchronized boolean wants(String name, ChangeEffect effect) {
    SharedChange change = wanted.get(name);
    return change != null && change.effect() == effect;
  }

  /** Whether it was added for all nodes, and is in force here. */
  synchronized boolean contains(String name) {
    return inForce.contains(name);
  }

  /** This node's own providers that were removed for all nodes. */
  synchronized List<String> removed(List<ProviderEntry> providers) {
    return providers.stream()
        .map(SharedProviders::name)
        .filter(name -> wants(name, ChangeEffect.REMOVED))
        .toList();
  }

  synchronized void inForce(LaidProviders laid) {
    inForce = Set.copyOf(laid.added());
    problems = List.copyOf(laid.problems());
  }

  /** Those that are not in force here, and why. */
  synchronized List<String> problems() {
    return problems;
  }

  /** The configuration in force, with what all nodes shall have. */
  synchronized LaidProviders over(Config former) {
    return over(former, former, own);
  }

  /**
   * Another configuration of this node, with what all nodes shall have.
   *
   * @param own its providers
   */
  synchronized LaidProviders over(Config former, Config next, List<ProviderEntry> own) {
    List<String> names = own.stream().map(SharedProviders::name).toList();
    List<ProviderEntry> all = new ArrayList<>();
    own.stream().filter(entry -> !wants(name(entry), ChangeEffect.REMOVED)).forEach(all::add);
    former.providers().stream()
        .filter(entry -> local.contains(name(entry)) && !names.contains(name(entry)))
        .map(entry -> local.in(next, entry))
        .forEach(all::add);
    LaidProviders laid = new LaidProviders(next, new ArrayList<>(), new ArrayList<>());
    for (SharedChange change : wanted.values()) {
      if (change.effect() == ChangeEffect.SET) {
        add(change, names, all, laid);
      }
    }
    return new LaidProviders(next.withProviders(all), laid.added(), laid.problems());
  }

  private void add(
      SharedChange change, List<String> names, List<ProviderEntry> all, LaidProviders laid) {
    String name = change.name();
    String where = "provider " + name + ": ";
    if (names.contains(name)) {
      laid.problems()
          .add(where + "this node's own configuration has one of this name, which counts");
    } else if (local.contains(name)) {
      laid.problems().add(where + "the program has added one of this name here, which counts");
    } else {
      ConfigResult read = read(change.body(), laid.config());
      if (read instanceof ConfigResult.Loaded loaded) {
        all.add(loaded.config().providers().get(0));
        laid.added().add(name);
      } else {
        laid.problems().add(where + text(read));
      }
    }
  }

  private ConfigResult read(String body, Config config) {
    try {
      return ConfigReader.sharedProvider(new JsonObject(body), config, environment);
    } catch (DecodeException | ClassCastException broken) {
      return new ConfigResult.Malformed("it cannot be read");
    }
  }

  static String text(ConfigResult result) {
    if (result instanceof ConfigResult.Invalid invalid) {
      return invalid.problems().stream().map(Problem::text).collect(Collectors.joining("; "));
    }
    return result instanceof ConfigResult.Malformed malformed ? malformed.reason() : "";
  }

  private static String name(ProviderEntry entry) {
    return entry.options().name();
  }
}
