package dev.infermux.pipeline;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;
import dev.infermux.inference.answer.Route;
import dev.infermux.inference.answer.Settlement;
import dev.infermux.inference.call.Call;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.inference.record.Charge;
import dev.infermux.policy.routing.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call on its way through the stages. Only its event loop touches it. */
final class Passage {

  private final Call call;
  private final CallTrace trace;
  private final List<AttemptRecord> attempts = new ArrayList<>(1);
  private @Nullable Candidate candidate;
  private String strategy = "";
  private String group = "";
  private final Set<String> tried = new LinkedHashSet<>(2);

  Passage(Call call, CallTrace trace) {
    this.call = call;
    this.trace = trace;
  }

  Call call() {
    return call;
  }

  CallTrace trace() {
    return trace;
  }

  /** Every attempt so far, in order. */
  List<AttemptRecord> attempts() {
    return attempts;
  }

  /**
   * Notes the provider to try now; it is not chosen again.
   *
   * @param group the route group; empty when none applies
   */
  void chosen(Candidate candidate, String strategy, String group) {
    this.candidate = candidate;
    this.strategy = strategy;
    this.group = group;
    tried.add(candidate.provider());
  }

  /** Providers that were chosen already, in order. */
  Set<String> tried() {
    return tried;
  }

  /** The provider to try now; a stage before has chosen it. */
  Candidate candidate() {
    if (candidate == null) {
      throw new IllegalStateException("no stage has chosen a provider");
    }
    return candidate;
  }

  /** What the attempts so far came to. */
  Settlement settlement(@Nullable String finishReason) {
    Charge total = null;
    for (AttemptRecord attempt : attempts) {
      Charge charge = attempt.charge();
      if (charge != null) {
        total = total == null ? charge : total.plus(charge);
      }
    }
    Usage usage = total == null ? Usage.NONE : total.usage();
    Cost cost = total == null ? Cost.UNPRICED : total.cost();
    long latencyNanos = System.nanoTime() - call.startedNanos();
    return new Settlement(usage, cost, finishReason == null ? "" : finishReason, latencyNanos);
  }

  Route route() {
    return candidate == null
        ? Route.NONE
        : new Route(
            candidate.provider(),
            candidate.model(),
            strategy,
            group,
            "",
            Math.max(1, attempts.size()));
  }
}
