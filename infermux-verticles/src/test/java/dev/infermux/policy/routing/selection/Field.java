package dev.infermux.policy.routing.selection;

import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Operation;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.GroupOptions;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.policy.routing.ScoredCandidate;
import dev.infermux.policy.routing.ServedModels;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Providers to choose among, with a catalogue and conditions that tests set by hand. */
public final class Field implements ModelCatalog, ProviderConditions {

  public static final CallFacts FACTS = new CallFacts(1_000, 0);

  private final List<ServedModels> offers;
  private final Map<String, ModelOwnership> placements = new HashMap<>();
  private final Map<String, LongBinaryOperator> prices = new HashMap<>();
  private final @Nullable Exclusion[] exclusions;
  private final double[] latencies;
  private RoutingOptions options = RoutingOptions.defaults();
  private @Nullable CandidateLists candidates;

  public Field(ServedModels... offers) {
    this.offers = List.of(offers);
    this.exclusions = new Exclusion[offers.length];
    this.latencies = new double[offers.length];
  }

  /** Providers of these names, all of which serve the model {@code m}. */
  public static Field of(String... names) {
    return new Field(
        Arrays.stream(names)
            .map(name -> new ServedModels(name, List.of("m"), Map.of()))
            .toArray(ServedModels[]::new));
  }

  public Field strategy(RoutingStrategy strategy) {
    options = options.withStrategy(strategy);
    return this;
  }

  public Field groups(GroupOptions... groups) {
    options = options.withGroups(List.of(groups));
    return this;
  }

  public Field places(String provider, String model, ModelOwnership ownership) {
    placements.put(provider + "/" + model, ownership);
    return this;
  }

  /** Nano-dollars a token, in and out. */
  public Field price(String provider, long in, long out) {
    prices.put(provider, (prompt, completion) -> prompt * in + completion * out);
    return this;
  }

  public Field excludes(String provider, @Nullable Exclusion exclusion) {
    exclusions[index(provider)] = exclusion;
    return this;
  }

  public Field latencyMillis(String provider, double millis) {
    latencies[index(provider)] = millis * 1e6;
    return this;
  }

  public CandidateList lineup(String model) {
    return lineup(model, null, Operation.CHAT);
  }

  public CandidateList lineup(String model, @Nullable String pin, Operation operation) {
    return lineups().of(new RouteRequest(model, pin, operation));
  }

  public CandidateLists lineups() {
    if (candidates == null) {
      candidates = new CandidateLists(options, offers, this, new RoundRobinCursors());
    }
    return candidates;
  }

  /** Who is chosen next for the model {@code m}. */
  @Nullable String next(String... tried) {
    Set<String> names = new LinkedHashSet<>(List.of(tried));
    Candidate chosen = lineup("m").next(FACTS, this, names, () -> 0);
    return chosen == null ? null : chosen.provider();
  }

  public int index(String provider) {
    return offers.stream().map(ServedModels::provider).toList().indexOf(provider);
  }

  @Override
  public ModelOwnership place(String provider, String model) {
    return placements.getOrDefault(provider + "/" + model, ModelOwnership.OPEN);
  }

  @Override
  public LongBinaryOperator price(String provider, String model) {
    return prices.getOrDefault(provider, (prompt, completion) -> 0);
  }

  @Override
  public @Nullable Exclusion exclusion(ScoredCandidate candidate, CallFacts facts) {
    return exclusion(candidate.index());
  }

  @Nullable Exclusion exclusion(int provider) {
    return exclusions[provider];
  }

  @Override
  public double latencyNanos(int provider) {
    return latencies[provider];
  }
}
