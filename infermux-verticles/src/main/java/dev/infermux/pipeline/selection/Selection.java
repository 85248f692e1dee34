package dev.infermux.pipeline.selection;

import dev.infermux.inference.Call;
import dev.infermux.inference.InferenceException;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.selection.CandidateList;
import java.time.InstantSource;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which provider a call goes to next. Safe on any thread. */
public final class Selection {

  private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

  private final Router router;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Selection(Router router, InstantSource clock, RandomGenerator random) {
    this.router = router;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Chooses among the providers that were not tried yet; null when none is left.
   *
   * @param call what is asked of the provider
   * @param tried providers that were chosen already
   * @throws InferenceException when nothing was tried and no provider can be chosen
   */
  public @Nullable Choice next(Call call, Set<String> tried) {
    return tried.isEmpty() ? first(call, tried) : nextIfAny(call, tried);
  }

  /**
   * The first choice of a call.
   *
   * @param leftOut providers that its caller may not reach
   * @throws InferenceException when no provider can be chosen
   */
  public Choice first(Call call, Set<String> leftOut) {
    RoutingTable table = router.table();
    CandidateList candidates = table.candidates(call);
    Choice choice = choose(call, leftOut, table, candidates);
    if (choice == null) {
      throw new InferenceException(
          new NoProviderFailure(table, call, candidates, clock).failure(leftOut));
    }
    return choice;
  }

  /** The next choice; null where no provider can be chosen, whatever was tried. */
  public @Nullable Choice nextIfAny(Call call, Set<String> tried) {
    RoutingTable table = router.table();
    return choose(call, tried, table, table.candidates(call));
  }

  /** Whether one is left that was not tried yet and may be asked now; nobody's turn changes. */
  public boolean hasNext(Call call, Set<String> tried) {
    RoutingTable table = router.table();
    return table.candidates(call).hasNext(RoutingTable.facts(call), table, tried);
  }

  private @Nullable Choice choose(
      Call call, Set<String> tried, RoutingTable table, CandidateList candidates) {
    CallFacts facts = RoutingTable.facts(call);
    RoutePlan plan = LOG.isDebugEnabled() ? table.plan(call) : null;
    Candidate chosen = candidates.next(facts, table, tried, random);
    if (plan != null) {
      log(call, tried, chosen, plan);
    }
    return chosen == null
        ? null
        : new Choice(chosen, candidates.strategy().wireName(), candidates.group());
  }

  private static void log(
      Call call, Set<String> tried, @Nullable Candidate chosen, RoutePlan plan) {
    StringBuilder leftOut = new StringBuilder();
    for (RoutePlan.Row row : plan.providers()) {
      if (!row.eligible()) {
        leftOut.append(' ').append(row.provider()).append('=').append(row.exclusion());
      }
    }
    LOG.debug(
        "request {}: model \"{}\" goes to {} by {} (group {}); tried: {}; left out:{}",
        call.requestId(),
        plan.model(),
        chosen == null ? "nobody" : chosen.provider(),
        plan.strategy(),
        plan.group().isEmpty() ? "none" : plan.group(),
        tried,
        leftOut.isEmpty() ? " none" : leftOut);
  }
}
