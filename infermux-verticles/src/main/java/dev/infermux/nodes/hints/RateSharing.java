package dev.infermux.nodes.hints;

import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.policy.ratelimit.RateDemand;
import dev.infermux.policy.ratelimit.RateLimiter;
import dev.infermux.policy.ratelimit.RateShare;
import dev.infermux.provider.guard.ProviderState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Shares rate limits among nodes by what is asked of each, told once a second. A limit is shared,
 * not counted together: for a second after demand has moved, nodes may take a little more than all
 * of it, and the provider's own 429 is what is left for that. Only the hints' event loop touches
 * it.
 */
final class RateSharing {

  /**
   * How much the newest second counts in what is told: demand that moves is followed in seconds.
   */
  private static final double WEIGHT = 0.2;

  /** Callers of whom is told; others have an equal share everywhere. */
  private static final int MOST_CALLERS = 512;

  private final UpstreamKeys keys;
  private final CallerLimits callers;
  private final Map<String, RateDemand> providerDemands = new HashMap<>();
  private final Map<String, RateDemand> callerDemands = new HashMap<>();
  private final Map<String, String> hashes = new HashMap<>();
  private Map<String, RateDemand> told = Map.of();
  private volatile Map<String, RateShare> providerShares = Map.of();

  RateSharing(UpstreamKeys keys, CallerLimits callers) {
    this.keys = keys;
    this.callers = callers;
  }

  /** Takes in what was asked in the second that has passed. */
  void measure() {
    Map<String, ProviderState> states = keys.now().states();
    providerDemands.keySet().retainAll(states.keySet());
    states.forEach(
        (upstream, state) -> {
          RateLimiter limiter = state.rateLimiter();
          if (limiter.limits()) {
            follow(providerDemands, upstream, limiter.demand());
          }
        });
    callers.demands((caller, second) -> follow(callerDemands, caller, second));
    hashes.keySet().retainAll(callerDemands.keySet());
    told = busiest();
  }

  /** What this node tells of its providers. */
  Map<String, RateDemand> providers() {
    return Map.copyOf(providerDemands);
  }

  /** What it tells of its callers, by a hash of their name. */
  Map<String, RateDemand> callers() {
    Map<String, RateDemand> named = new HashMap<>();
    told.forEach((caller, demand) -> named.put(hash(caller), demand));
    return named;
  }

  /** Gives each limit the share that this node has of it. */
  void share(int living, int expected, List<NodeState> others) {
    Map<String, RateShare> shares = new TreeMap<>();
    keys.now()
        .states()
        .forEach(
            (upstream, state) -> {
              if (state.rateLimiter().limits()) {
                RateDemand own = providerDemands.getOrDefault(upstream, RateDemand.NONE);
                RateDemand all = all(own, others, node -> node.providers().get(upstream));
                RateShare share = RateShare.of(living, expected, own, all);
                state.rateLimiter().share(share);
                shares.put(state.provider(), share);
              }
            });
    providerShares = shares;
    Map<String, RateShare> callerShares = new HashMap<>();
    told.forEach(
        (caller, own) -> {
          String hash = hash(caller);
          RateDemand all = all(own, others, node -> node.callers().get(hash));
          callerShares.put(caller, RateShare.of(living, expected, own, all));
        });
    RateShare equal = RateShare.equal(living, expected);
    callers.share(caller -> callerShares.getOrDefault(caller, equal));
  }

  /** The share of each provider with a limit. Safe on any thread. */
  Map<String, RateShare> providerShares() {
    return providerShares;
  }

  private static RateDemand all(
      RateDemand own, List<NodeState> others, Function<NodeState, RateDemand> told) {
    RateDemand all = own;
    for (NodeState node : others) {
      RateDemand demand = told.apply(node);
      all = demand == null ? all : all.plus(demand);
    }
    return all;
  }

  private Map<String, RateDemand> busiest() {
    if (callerDemands.size() <= MOST_CALLERS) {
      return Map.copyOf(callerDemands);
    }
    Map<String, RateDemand> busiest = new LinkedHashMap<>();
    callerDemands.entrySet().stream()
        .sorted(
            Map.Entry.comparingByValue(Comparator.comparingDouble(RateDemand::requests).reversed()))
        .limit(MOST_CALLERS)
        .forEach(entry -> busiest.put(entry.getKey(), entry.getValue()));
    return busiest;
  }

  private String hash(String caller) {
    return hashes.computeIfAbsent(caller, name -> keys.hash("caller " + name));
  }

  private static void follow(Map<String, RateDemand> demands, String key, RateDemand second) {
    RateDemand next = demands.getOrDefault(key, RateDemand.NONE).then(second, WEIGHT);
    if (next.negligible()) {
      demands.remove(key);
    } else {
      demands.put(key, next);
    }
  }
}
