package dev.infermux.pipeline.selection;

import dev.infermux.inference.Call;
import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Failure;
import dev.infermux.policy.routing.selection.CandidateList;
import dev.infermux.provider.guard.ProviderState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts into words why no provider can be chosen for a call, and when trying again makes sense. */
final class NoProviderFailure {

  private final RoutingTable table;
  private final Call call;
  private final CandidateList candidates;
  private final Instant now;
  private final long tokens;
  private final List<String> reasons = new ArrayList<>();
  private boolean ceilingsOnly = true;
  private @Nullable Duration soonest;

  NoProviderFailure(RoutingTable table, Call call, CandidateList candidates, InstantSource clock) {
    this.table = table;
    this.call = call;
    this.candidates = candidates;
    this.now = clock.instant();
    this.tokens = RoutingTable.facts(call).tokens();
  }

  /**
   * The failure.
   *
   * @param leftOut providers that the caller may not reach
   */
  Failure failure(Set<String> leftOut) {
    if (candidates.isEmpty()) {
      return notFound();
    }
    List<String> names = table.names();
    for (int i = 0; i < names.size(); i++) {
      if (candidates.reason(i) == null && leftOut.contains(names.get(i))) {
        reasons.add(names.get(i) + " (" + Exclusion.UNPRICED.wireName() + ")");
      } else if (candidates.reason(i) == null) {
        ask(table.state(i));
      }
    }
    String who = ceilingsOnly ? " is at its rate limit: " : " may be called now: ";
    String message =
        (ceilingsOnly ? "every provider of model \"" : "no provider of model \"")
            + call.model()
            + '"'
            + who
            + String.join(", ", reasons);
    return ceilingsOnly
        ? new Failure.RateLimited(ErrorCode.RATE_LIMIT, message, soonest)
        : new Failure.NoHealthyProviders(message, soonest);
  }

  /** Between the choice and this question a provider may have recovered: try at once then. */
  private void ask(ProviderState state) {
    Exclusion why = state.exclusion(tokens);
    Duration wait = why == null ? Duration.ZERO : untilOpen(state, why);
    ceilingsOnly &= why == null || why == Exclusion.RATE_LIMIT;
    if (wait != null && (soonest == null || wait.compareTo(soonest) < 0)) {
      soonest = wait;
    }
    reasons.add(
        state.provider()
            + " ("
            + (why == null ? "free again" : why.wireName())
            + (wait == null || wait.isZero() ? "" : ", for " + seconds(wait) + " s")
            + (state.ailment().isEmpty() ? "" : "; its health check: " + state.ailment())
            + ")");
  }

  private @Nullable Duration untilOpen(ProviderState state, Exclusion why) {
    if (why == Exclusion.RATE_LIMIT) {
      return state.rateLimiter().untilRoom(tokens);
    }
    Instant recovery = state.circuit().view().recoveryAt();
    if (why != Exclusion.CIRCUIT_OPEN || recovery == null) {
      return null;
    }
    return recovery.isAfter(now) ? Duration.between(now, recovery) : Duration.ZERO;
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }

  private Failure notFound() {
    StringBuilder message = new StringBuilder("model: \"").append(call.model()).append('"');
    if (call.pinnedProvider() != null) {
      message.append(" at provider \"").append(call.pinnedProvider()).append('"');
    }
    message.append(" is served by no configured provider for ").append(call.operation().wireName());
    if (!candidates.group().isEmpty()) {
      message.append(" in route group \"").append(candidates.group()).append('"');
    }
    List<String> near = table.near(call.model());
    if (!near.isEmpty()) {
      message.append(" (did you mean ").append(String.join(", ", near)).append("?)");
    }
    return new Failure.ModelNotFound(message.append("; GET /v1/models lists all").toString());
  }
}
