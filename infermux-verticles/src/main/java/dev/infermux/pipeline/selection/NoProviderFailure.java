package dev.infermux.pipeline.selection;

import dev.infermux.inference.Binding;
import dev.infermux.inference.Call;
import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Exclusion;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.policy.routing.CallFacts;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.selection.CandidateList;
import dev.infermux.provider.guard.ProviderState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts into words why no provider can be chosen for a call, and when trying again makes sense. */
final class NoProviderFailure {

  private static final Set<Exclusion> LIMITS = EnumSet.of(Exclusion.RATE_LIMIT, Exclusion.QUOTA);

  private final RoutingTable table;
  private final Call call;
  private final CandidateList candidates;
  private final Instant now;
  private final CallFacts facts;
  private final List<String> reasons = new ArrayList<>();
  private final Set<Exclusion> found = EnumSet.noneOf(Exclusion.class);
  private @Nullable Duration soonest;

  NoProviderFailure(RoutingTable table, Call call, CandidateList candidates, InstantSource clock) {
    this.table = table;
    this.call = call;
    this.candidates = candidates;
    this.now = clock.instant();
    this.facts = RoutingTable.facts(call);
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
    for (Candidate candidate : candidates.candidates()) {
      String provider = candidate.provider();
      if (leftOut.contains(provider)) {
        reasons.add(provider + " (" + Exclusion.UNPRICED.wireName() + ")");
      } else {
        ask(table.names().indexOf(provider), candidate.model());
      }
    }
    String model = "model \"" + call.model() + "\"";
    String who = ": " + String.join(", ", reasons);
    if (found.equals(EnumSet.of(Exclusion.QUOTA))) {
      String message = "every account with a provider of " + model + " is spent" + who;
      return new Failure.UpstreamError(FailureClass.QUOTA, 0, message, null);
    }
    found.removeAll(LIMITS);
    return found.isEmpty()
        ? new Failure.RateLimited(
            ErrorCode.RATE_LIMIT,
            "every provider of " + model + " is at its rate limit" + who,
            soonest)
        : new Failure.NoHealthyProviders(
            "no provider of " + model + " may be called now" + who, soonest);
  }

  /** Between the choice and this question a provider may have recovered: try at once then. */
  private void ask(int provider, String model) {
    ProviderState state = table.state(provider);
    boolean ownKey = table.ownKey(provider, facts);
    Exclusion why = state.exclusion(model, facts.tokens(), ownKey);
    Duration wait = why == null ? Duration.ZERO : untilOpen(state, model, why, ownKey);
    found.add(why == null ? Exclusion.RATE_LIMIT : why);
    if (wait != null && (soonest == null || wait.compareTo(soonest) < 0)) {
      soonest = wait;
    }
    reasons.add(
        state.provider()
            + " ("
            + (why == null ? "free again" : why.wireName())
            + (about(state, model, why, ownKey) ? " of its model \"" + model + '"' : "")
            + (wait == null || wait.isZero() ? "" : ", for " + seconds(wait) + " s")
            + (state.ailment().isEmpty() ? "" : "; its health check: " + state.ailment())
            + ")");
  }

  /** Whether the provider said so itself, of one model. */
  private static boolean about(
      ProviderState state, String model, @Nullable Exclusion why, boolean ownKey) {
    return why == Exclusion.RATE_LIMIT
        && !ownKey
        && state.rateLimiter().cooldowns().exclusion(model) == why;
  }

  private @Nullable Duration untilOpen(
      ProviderState state, String model, Exclusion why, boolean ownKey) {
    if (LIMITS.contains(why)) {
      return state.untilRoom(model, facts.tokens(), ownKey);
    } else if (why != Exclusion.CIRCUIT_OPEN) {
      return null;
    }
    Instant recovery = state.circuits().of(model).view().recoveryAt();
    if (recovery == null) {
      return null;
    }
    return recovery.isAfter(now) ? Duration.between(now, recovery) : Duration.ZERO;
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }

  private Failure notFound() {
    StringBuilder message = new StringBuilder("model: \"").append(call.model()).append('"');
    String pin = call.pinnedProvider();
    if (pin != null && !table.names().contains(pin)) {
      return new Failure.ModelNotFound(
          "provider: \"" + pin + "\" is not configured; GET /providers lists all");
    } else if (pin != null) {
      boolean bound = call.body().bindings().stream().anyMatch(Binding::required);
      String why = bound ? ", which alone has what an id in the request names," : "";
      message.append(" at provider \"").append(pin).append('"').append(why);
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
