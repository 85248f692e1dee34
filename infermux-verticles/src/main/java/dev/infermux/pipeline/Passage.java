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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call on its way through the stages. Only its event loop touches it. */
final class Passage {

  private final Call call;
  private final CallTrace trace;
  private final List<AttemptRecord> attempts = new ArrayList<>(1);
  private @Nullable Candidate candidate;
  private String strategy = "";

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

  void chosen(Candidate candidate, String strategy) {
    this.candidate = candidate;
    this.strategy = strategy;
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
            "",
            "",
            Math.max(1, attempts.size()));
  }
}
