package dev.infermux.cli.migrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code router_settings}, and the parts of {@code litellm_settings} that mean the same. */
final class LiteLlmRouting {

  private static final Map<String, String> STRATEGIES =
      Map.of(
          "simple-shuffle", "random",
          "least-busy", "least_latency",
          "latency-based-routing", "least_latency",
          "cost-based-routing", "cost_weighted",
          "usage-based-routing", "round_robin",
          "usage-based-routing-v2", "round_robin");
  private static final Set<String> SAME =
      Set.of("simple-shuffle", "latency-based-routing", "cost-based-routing");

  private final Migration to;
  private final List<Map<String, Object>> groups = new ArrayList<>();

  /** As many as are asked where the file says nothing. */
  private int most = 3;

  LiteLlmRouting(Migration to) {
    this.to = to;
  }

  void read(SourceMap router, SourceMap settings) {
    router.text("routing_strategy").ifPresent(this::strategy);
    aliases(router.map("model_group_alias"));
    for (SourceMap one : List.of(router, settings)) {
      one.text("num_retries").ifPresent(text -> retries(one, text));
      one.number("allowed_fails", ImportedNumbers::count)
          .ifPresent(fails -> to.set("circuit_breaker.consecutive_failures", fails));
      one.number("cooldown_time", ImportedNumbers::seconds)
          .ifPresent(time -> to.set("circuit_breaker.recovery_window", time));
      one.maps("fallbacks").forEach(this::fallbacks);
    }
    apart();
    if (!groups.isEmpty()) {
      to.set("routing.groups", groups);
    }
    router.ignore("enable_pre_call_checks", "set_verbose", "debug_level", "routing_strategy_args");
    router.rest().forEach(to::lose);
  }

  private void strategy(String name) {
    String strategy = STRATEGIES.get(name);
    if (strategy == null) {
      to.lose("router_settings.routing_strategy: " + name);
      return;
    }
    to.set("routing.strategy", strategy);
    if (!SAME.contains(name)) {
      to.lose("router_settings.routing_strategy: " + name + " has become " + strategy);
    }
  }

  private void retries(SourceMap where, String text) {
    if (text.matches("\\d{1,3}")) {
      to.set("routing.retry.attempts", Integer.valueOf(text));
    } else {
      to.lose(where.path() + ".num_retries: " + text);
    }
  }

  /** Another name of a group: an alias at each provider of it. */
  private void aliases(SourceMap aliases) {
    for (String alias : aliases.names()) {
      Object value = aliases.take(alias);
      String model =
          value instanceof Map<?, ?> map ? String.valueOf(map.get("model")) : String.valueOf(value);
      add(aliases.path() + "." + alias, alias, model);
    }
  }

  /** Gives a name to what another name means, wherever that is served; whoever serves it then. */
  private Set<String> add(String path, String name, String model) {
    Set<String> names = new LinkedHashSet<>();
    for (ProviderDraft provider : to.serving(model)) {
      to.also(provider, name, model).ifPresent(one -> names.add(one.name()));
    }
    if (names.isEmpty()) {
      to.lose(path + ": nobody else serves " + model);
    }
    return names;
  }

  /** A model and those that stand in for it: one group, whose providers are asked in this order. */
  private void fallbacks(SourceMap fallbacks) {
    for (String model : fallbacks.names()) {
      Set<String> providers = new LinkedHashSet<>();
      to.serving(model).forEach(provider -> providers.add(provider.name()));
      if (providers.isEmpty()) {
        to.lose(fallbacks.path() + "." + model + ": nobody serves it");
        continue;
      }
      int own = providers.size();
      for (String other : SourceMap.texts(fallbacks.take(model))) {
        providers.addAll(add(fallbacks.path() + "." + model, model, other));
      }
      if (providers.size() > own) {
        group(model, List.copyOf(providers), own);
      }
    }
  }

  /** What needs a group although nothing stands in for it, and who is asked until all have been. */
  private void apart() {
    Set<String> grouped = new LinkedHashSet<>();
    for (Map<String, Object> group : groups) {
      grouped.addAll(SourceMap.texts(group.get("models")));
      if (SourceMap.texts(group.get("providers")).size() > most) {
        most = SourceMap.texts(group.get("providers")).size();
        to.set("routing.failover.max_attempts", most);
      }
    }
    NamesApart.of(to.providers(), grouped)
        .forEach(
            (providers, models) -> {
              Map<String, Object> group = new LinkedHashMap<>();
              group.put("name", name("deployments-of-" + models.get(0)));
              group.put("models", models);
              group.put("providers", providers);
              groups.add(group);
            });
  }

  /** One that no other group has. */
  private String name(String text) {
    String wanted = text.replaceAll("[^A-Za-z0-9._-]", "-");
    String name = wanted;
    for (int i = 2; named(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private boolean named(String name) {
    return groups.stream().anyMatch(one -> name.equals(one.get("name")));
  }

  private void group(String model, List<String> providers, int own) {
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("name", name("fallbacks-of-" + model));
    group.put("models", List.of(model));
    group.put("strategy", "priority");
    group.put("providers", providers);
    if (groups.stream().noneMatch(one -> Objects.equals(one.get("models"), group.get("models")))) {
      groups.add(group);
      if (own > 1) {
        to.lose(
            "the "
                + own
                + " deployments of "
                + model
                + " are asked in order, since its fallbacks make a group of strategy priority");
      }
    }
  }
}
