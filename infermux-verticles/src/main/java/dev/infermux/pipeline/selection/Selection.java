package dev.infermux.pipeline.selection;

import dev.infermux.inference.Call;
import dev.infermux.inference.InferenceException;
import dev.infermux.pipeline.CallContext;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.RoutePlan;
import dev.infermux.policy.routing.selection.CallFacts;
import dev.infermux.policy.routing.selection.CandidateList;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which provider a call goes to next. Safe on any thread. */
public final class Selection {

  private static final Logger LOG = LoggerFactory.getLogger(Selection.class);

  private final Router router;
  private final Clock clock;

  public Selection(Router router, Clock clock) {
    this.router = router;
    this.clock = clock;
  }

  /**
   * Chooses among those that this passage has not tried yet, and notes the choice in the passage;
   * null when nobody is left.
   *
   * @throws InferenceException when nobody can be chosen at the first time of asking
   */
  public @Nullable Candidate next(CallContext context) {
    Call call = context.asked();
    RoutingTable table = router.table();
    CandidateList candidates = table.candidates(call);
    CallFacts facts = RoutingTable.facts(call);
    RoutePlan plan = LOG.isDebugEnabled() ? table.plan(call) : null;
    Candidate chosen =
        candidates.next(
            facts, table, context.tried(), () -> ThreadLocalRandom.current().nextLong());
    if (plan != null) {
      log(context, chosen, plan);
    }
    if (chosen != null) {
      context.chosen(chosen, candidates.strategy().wireName(), candidates.group());
    } else if (context.tried().isEmpty()) {
      throw new InferenceException(new NoProviderFailure(table, call, candidates, clock).failure());
    }
    return chosen;
  }

  private static void log(CallContext context, @Nullable Candidate chosen, RoutePlan plan) {
    StringBuilder leftOut = new StringBuilder();
    for (RoutePlan.Row row : plan.providers()) {
      if (!row.eligible()) {
        leftOut.append(' ').append(row.provider()).append('=').append(row.exclusion());
      }
    }
    LOG.debug(
        "request {}: model \"{}\" goes to {} by {} (group {}); tried: {}; left out:{}",
        context.call().requestId(),
        plan.model(),
        chosen == null ? "nobody" : chosen.provider(),
        plan.strategy(),
        plan.group().isEmpty() ? "none" : plan.group(),
        context.tried(),
        leftOut.isEmpty() ? " none" : leftOut);
  }
}
