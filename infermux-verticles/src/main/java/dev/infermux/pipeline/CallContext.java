package dev.infermux.pipeline;

import dev.infermux.inference.Call;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cost;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.policy.routing.Candidate;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call on its way through the stages. Only its event loop touches it. */
public final class CallContext {

  private final Call call;
  private final CallTrace trace;
  private final Attempts attempts = new Attempts();
  private final Set<String> tried = new LinkedHashSet<>(2);
  private Call asked;
  private Cancellation cancellation;
  private @Nullable Candidate candidate;
  private String strategy = "";
  private String group = "";
  private @Nullable Reservation reservation;
  private String override = "";
  private long loweredTo;

  public CallContext(Call call, CallTrace trace) {
    this.call = call;
    this.asked = call;
    this.trace = trace;
    this.cancellation = call.cancellation();
  }

  public Call call() {
    return call;
  }

  public CallTrace trace() {
    return trace;
  }

  /** The call as the next attempt puts it: the caller's, unless a stage asks for something else. */
  public Call asked() {
    return asked;
  }

  /** From now on attempts ask this. */
  public void asks(RequestBody body) {
    asked = call.withBody(body);
  }

  /** What the caller's budget has set aside for the call. */
  public void holds(Reservation reservation) {
    this.reservation = reservation;
  }

  public @Nullable Reservation hold() {
    return reservation;
  }

  /** Notes the model that the budget put in place of the asked one. */
  public void overrides(String model) {
    override = model;
  }

  /** Notes the longest completion that the budget left room for. */
  public void lowers(long maxTokens) {
    loweredTo = maxTokens;
  }

  /** What ends the call's attempts: its caller's leaving, or a limit put on top of it. */
  public Cancellation cancellation() {
    return cancellation;
  }

  public void cancelledBy(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** The attempts so far. */
  public Attempts attempts() {
    return attempts;
  }

  /**
   * Notes the provider to try now; it is not chosen again.
   *
   * @param group the route group; empty when none applies
   */
  public void chosen(Candidate candidate, String strategy, String group) {
    this.candidate = candidate;
    this.strategy = strategy;
    this.group = group;
    tried.add(candidate.provider());
  }

  /** The route group of the choice; empty when none applies. */
  public String group() {
    return group;
  }

  /** Providers that were chosen already, in order. */
  public Set<String> tried() {
    return tried;
  }

  /** The provider to try now; a stage before has chosen it. */
  public Candidate candidate() {
    if (candidate == null) {
      throw new IllegalStateException("no stage has chosen a provider");
    }
    return candidate;
  }

  /** What the attempts so far came to. */
  public CallTotals settlement(@Nullable String finishReason) {
    AttemptCost total = attempts.total();
    Usage usage = total == null ? Usage.NONE : total.usage();
    Cost cost = total == null ? Cost.UNPRICED : total.cost();
    long latencyNanos = System.nanoTime() - call.startedNanos();
    return new CallTotals(usage, cost, finishReason == null ? "" : finishReason, latencyNanos);
  }

  public ServedBy route() {
    return candidate == null
        ? ServedBy.NONE
        : new ServedBy(
            candidate.provider(),
            candidate.model(),
            strategy,
            group,
            override,
            loweredTo,
            Math.max(1, attempts.opened()));
  }
}
