package dev.infermux.pipeline.selection;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.Exclusion;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.ProviderConditions;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.ScoredCandidate;
import dev.infermux.policy.routing.ServedModels;
import dev.infermux.policy.routing.selection.CandidateList;
import dev.infermux.policy.routing.selection.CandidateLists;
import dev.infermux.policy.routing.selection.Planner;
import dev.infermux.policy.routing.selection.RouteRequest;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.ProviderSnapshot;
import dev.infermux.provider.guard.ProviderState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot of the registry, made ready for routing: which provider serves what, and in which
 * state it is. Safe on any thread.
 */
final class RoutingTable implements ProviderConditions {

  private final ProviderSnapshot snapshot;
  private final CandidateLists candidates;
  private final Planner planner;
  private final ProviderState[] states;

  RoutingTable(ProviderSnapshot snapshot, CandidateLists candidates, Planner planner) {
    this.snapshot = snapshot;
    this.candidates = candidates;
    this.planner = planner;
    this.states = snapshot.states().toArray(ProviderState[]::new);
  }

  static ServedModels offer(RegisteredProvider provider) {
    return new ServedModels(
        provider.name(),
        provider.options().models(),
        provider.options().modelAliases(),
        provider.operations());
  }

  static CallFacts facts(Call call) {
    BodyFacts body = call.body().facts();
    return new CallFacts(
        body.promptTokens(), Math.max(0, body.maxTokens()), call.credential() != null);
  }

  boolean isOf(ProviderSnapshot asked) {
    return snapshot == asked;
  }

  CandidateList candidates(Call call) {
    return candidates.of(new RouteRequest(call.model(), call.pinnedProvider(), call.operation()));
  }

  /** What would happen to a call now. */
  RoutePlan plan(Call call) {
    return planner.plan(call.model(), candidates(call), facts(call), this);
  }

  /** The providers that a call for this model may reach. */
  List<Candidate> reachable(Call call, String model) {
    return candidates
        .of(new RouteRequest(model, call.pinnedProvider(), call.operation()))
        .candidates();
  }

  /** Known names like this one, of any operation. */
  List<String> near(String model) {
    return candidates.near(model);
  }

  List<String> names() {
    return candidates.providers();
  }

  ProviderState state(int provider) {
    return states[provider];
  }

  @Override
  public @Nullable Exclusion exclusion(ScoredCandidate candidate, CallFacts facts) {
    int provider = candidate.index();
    return states[provider].exclusion(
        candidate.candidate().model(), facts.tokens(), ownKey(provider, facts));
  }

  /** Whether an attempt there would be made with the caller's own key. */
  boolean ownKey(int provider, CallFacts facts) {
    return facts.ownKey() && snapshot.providers().get(provider).options().takesCallersKey();
  }

  @Override
  public double latencyNanos(int provider) {
    return states[provider].latency().score();
  }

  @Override
  public boolean measuring(int provider) {
    return states[provider].latency().measuring();
  }

  @Override
  public boolean claim(int provider, boolean overdue) {
    return states[provider].latency().claim(overdue);
  }
}
