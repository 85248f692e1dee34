package dev.infermux.pipeline;

import dev.infermux.inference.Call;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cost;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.inference.record.ContentCapture.Capturing;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.policy.budget.Reservation;
import dev.infermux.time.Ticker;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the stages know of one call; it lives as long as the call. What belongs to one attempt is in
 * its {@link AttemptContext}. Only the call's event loop touches it.
 */
final class CallContext {

  private final Call call;
  private final CallTrace trace;
  private final Ticker ticker;
  private final AttemptLog attempts = new AttemptLog();
  private Set<String> tried = Set.of();
  private Call asked;
  private Cancellation cancellation;
  private @Nullable AttemptContext last;
  private @Nullable Reservation reservation;
  private @Nullable Capturing capturing;
  private @Nullable String preferred;
  private @Nullable Supplier<Future<Boolean>> lift;
  private boolean lifted;
  private String override = "";
  private long loweredTo;
  private Set<String> leftOut = Set.of();

  /** Its neighbours among the calls in flight, which {@link CallsInFlight} alone touches. */
  @Nullable CallContext previous;

  @Nullable CallContext next;

  CallContext(Call call, CallTrace trace, Ticker ticker) {
    this.ticker = ticker;
    this.call = call;
    this.asked = call;
    this.trace = trace;
    this.cancellation = call.cancellation();
  }

  Call call() {
    return call;
  }

  CallTrace trace() {
    return trace;
  }

  /** The call as its attempts put it: the caller's, unless its budget changed it. */
  Call asked() {
    return asked;
  }

  /**
   * Puts what the caller's budget allows in the place of the caller's request.
   *
   * @param override the model that replaces the asked one; empty when it stays
   * @param loweredTo the longest completion that the budget left room for; 0 when it lowered none
   */
  void ask(RequestBody body, String override, long loweredTo) {
    asked = call.withBody(body);
    this.override = override;
    this.loweredTo = loweredTo;
  }

  /** The longest completion is the budget's own; {@code asked} says whether it can be lifted. */
  void onLift(Supplier<Future<Boolean>> asked) {
    lift = asked;
  }

  /** Asks that the budget's longest completion is lifted; false = it stays, or there is none. */
  Future<Boolean> withoutMaximum() {
    if (lift == null) {
      return Future.succeededFuture(false);
    }
    lifted = true;
    return lift.get()
        .onComplete(
            done -> {
              lifted = done.succeeded() && done.result();
              loweredTo = lifted ? 0 : loweredTo;
            });
  }

  /** Whether the attempts may answer at any length again. */
  boolean lifted() {
    return lifted;
  }

  /** Leaves all providers out but this one. */
  void pin(String provider) {
    asked = asked.pinnedTo(provider);
  }

  /** Asks this provider first, since the request has parts that only it can use. */
  void prefer(String provider) {
    preferred = provider;
  }

  /** The provider to be asked first, or null. */
  @Nullable String preferred() {
    return preferred;
  }

  /** What is asked and answered is taken down. */
  void captures(Capturing begun) {
    capturing = begun;
  }

  /** What was taken down. */
  CallContent content() {
    return capturing == null ? CallContent.NONE : capturing.content();
  }

  void reserve(Reservation made) {
    reservation = made;
  }

  /** What the caller's budget has reserved for the call; null when it was not asked. */
  @Nullable Reservation reservation() {
    return reservation;
  }

  /** What ends the call's attempts: its caller leaves, or a limit put on top of it passes. */
  Cancellation cancellation() {
    return cancellation;
  }

  void cancelledBy(Cancellation other) {
    cancellation = other;
  }

  AttemptLog attempts() {
    return attempts;
  }

  /** Providers that were chosen already, in order. */
  Set<String> tried() {
    return tried;
  }

  /** Leaves providers out of all choices. */
  void leaveOut(Set<String> providers) {
    leftOut = providers;
    providers.forEach(this::skip);
  }

  /** The providers that are left out of all choices. */
  Set<String> leftOut() {
    return leftOut;
  }

  /** Leaves a provider out of further choices. */
  void skip(Choice choice) {
    skip(choice.candidate().provider());
  }

  /** Most calls try one, which takes no table. */
  private void skip(String provider) {
    if (tried.isEmpty()) {
      tried = Set.of(provider);
    } else if (!tried.contains(provider)) {
      tried = tried.size() == 1 ? new LinkedHashSet<>(tried) : tried;
      tried.add(provider);
    }
  }

  /** Begins an attempt with the call as the budget allows it. */
  AttemptContext attempt(Choice choice) {
    return attempt(choice, asked, false);
  }

  /**
   * Begins an attempt with another request; its provider is not chosen again.
   *
   * @param continues whether the request ends with the beginning of an answer
   */
  AttemptContext attempt(Choice choice, Call request, boolean continues) {
    skip(choice);
    Call sent = request;
    List<String> dropped = List.of();
    if (preferred != null && !choice.candidate().provider().equals(preferred)) {
      RequestBody.Unbound unbound = request.body().unbound();
      sent = request.withBody(unbound.body());
      dropped = unbound.dropped();
    }
    AttemptContext attempt =
        new AttemptContext(
            attempts.made() + 1,
            choice,
            sent,
            dropped,
            true,
            cancellation,
            trace.attempt(choice.candidate().provider()),
            continues);
    attempts.begin(attempt);
    last = attempt;
    return attempt;
  }

  /** What the attempts so far came to. */
  CallTotals totals(@Nullable String finishReason) {
    AttemptCost total = attempts.total();
    Usage usage = total == null ? Usage.NONE : total.usage();
    Cost cost = total == null ? Cost.UNPRICED : total.cost();
    long latencyNanos = ticker.nanos() - call.startedNanos();
    return new CallTotals(usage, cost, finishReason == null ? "" : finishReason, latencyNanos);
  }

  /** Where the call was served by now: at the attempt that began last. */
  ServedBy servedBy() {
    return last == null ? ServedBy.NONE : servedBy(last.servedBy());
  }

  /** Completes what an attempt's answer says of itself with what is known of the call. */
  ServedBy servedBy(ServedBy attempt) {
    return attempt.provider().isEmpty()
        ? ServedBy.NONE
        : new ServedBy(
            attempt.provider(),
            attempt.model(),
            attempt.strategy(),
            attempt.group(),
            override,
            loweredTo,
            Math.max(1, attempts.made()));
  }
}
