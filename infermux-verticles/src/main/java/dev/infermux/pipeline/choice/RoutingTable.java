package dev.infermux.pipeline.choice;

import dev.infermux.inference.Exclusion;
import dev.infermux.inference.call.BodyFacts;
import dev.infermux.inference.call.Call;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.Offer;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.choice.CallFacts;
import dev.infermux.policy.routing.choice.Conditions;
import dev.infermux.policy.routing.choice.Lineup;
import dev.infermux.policy.routing.choice.Planner;
import dev.infermux.policy.routing.serving.Asked;
import dev.infermux.policy.routing.serving.Lineups;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.standing.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot of the registry, made ready for routing: who serves what, and how they stand. Safe
 * on any thread.
 */
final class RoutingTable implements Conditions {

  private final List<RegisteredProvider> providers;
  private final Lineups lineups;
  private final Planner planner;
  private final Standing[] standings;

  RoutingTable(
      List<RegisteredProvider> providers, Lineups lineups, Planner planner, Standing[] standings) {
    this.providers = providers;
    this.lineups = lineups;
    this.planner = planner;
    this.standings = standings;
  }

  static Offer offer(RegisteredProvider provider) {
    return new Offer(
        provider.name(),
        provider.options().models(),
        provider.options().modelAliases(),
        provider.operations());
  }

  static CallFacts facts(Call call) {
    BodyFacts body = call.body().facts();
    return new CallFacts(body.promptTokens(), Math.max(0, body.maxTokens()));
  }

  boolean isOf(List<RegisteredProvider> snapshot) {
    return providers == snapshot;
  }

  Lineup lineup(Call call) {
    return lineups.of(new Asked(call.model(), call.pinnedProvider(), call.operation()));
  }

  /** What would happen to a call now. */
  RoutePlan plan(Call call) {
    return planner.plan(call.model(), lineup(call), facts(call), this);
  }

  /** Whoever a call may reach if it asks for this model. */
  List<Candidate> reachable(Call call, String model) {
    return lineups.of(new Asked(model, call.pinnedProvider(), call.operation())).candidates();
  }

  /** Names like this one, whatever the operation. */
  List<String> near(String model) {
    return lineups.near(model);
  }

  List<String> names() {
    return lineups.providers();
  }

  Standing standing(int provider) {
    return standings[provider];
  }

  @Override
  public @Nullable Exclusion exclusion(int provider, long tokens) {
    return standings[provider].exclusion(tokens);
  }

  @Override
  public double latencyNanos(int provider) {
    return standings[provider].latency().nanos();
  }
}
