package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Cost;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.RefusedCall;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTrace;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.Outcome;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.spi.CallListener;
import dev.infermux.time.Ticker;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first stage: opens the trace, counts the call in flight, and however the call ends, counts it
 * out and notifies the listeners exactly once.
 */
final class AccountingStage {

  private static final Logger LOG = LoggerFactory.getLogger(AccountingStage.class);

  private final CallTracer tracer;
  private final CallListener listener;
  private final Admission admission;
  private final BufferedBytes buffered;
  private final Ticker ticker;
  private final Stage next;
  private final TracedRefusals refusals = new TracedRefusals();
  private final CallsInFlight calls = new CallsInFlight();

  AccountingStage(CallInstruments instruments, Ticker ticker, Stage next) {
    this.ticker = ticker;
    this.tracer = instruments.tracer();
    this.listener = instruments.listener();
    this.admission = instruments.admission();
    this.buffered = instruments.buffered();
    this.next = next;
  }

  Future<Answer> run(Call call) {
    CallContext context = new CallContext(call, tracer.start(call), ticker);
    try {
      admission.enter();
    } catch (InferenceException refused) {
      return Future.failedFuture(failed(context, refused));
    }
    calls.add(context);
    return next.guarded(context)
        .transform(
            (answer, cause) -> {
              if (answer == null) {
                leave(context);
                return Future.failedFuture(failed(context, cause));
              }
              return Future.succeededFuture(
                  Stage.changed(answer, begun -> answered(context, begun)));
            });
  }

  /**
   * A request that never was a call took no place. Listeners are told of it, and it is traced
   * unless a flood of its like would push other spans out.
   */
  void refused(RefusedCall refused) {
    Call call = refused.call();
    Failure failure = refused.failure();
    CallTrace trace = refusals.pass(ticker.nanos()) ? tracer.start(call) : CallTrace.NONE;
    CallRecord record =
        new CallRecord(
            call,
            trace.traceId(),
            ServedBy.NONE,
            List.of(),
            new Outcome(failure.status(), failure),
            Usage.NONE,
            Cost.UNPRICED,
            "",
            ticker.nanos() - call.startedNanos(),
            0,
            CallContent.NONE);
    trace.finished(record);
    listener.finished(record);
  }

  private Answer answered(CallContext context, Answer answer) {
    return answer
        .servedBy(context.servedBy(answer.head().servedBy()))
        .onEnd(end -> ended(context, end));
  }

  CallsInFlight calls() {
    return calls;
  }

  private void leave(CallContext context) {
    admission.leave();
    calls.remove(context);
  }

  private End ended(CallContext context, End end) {
    leave(context);
    End done = end.with(context.servedBy(end.servedBy()), context.totals(end.finishReason()));
    long first = end.firstTokenNanos();
    long toFirst = first == 0 ? 0 : first - context.call().startedNanos();
    Failure failure = end.failure();
    Outcome outcome = failure == null ? Outcome.OK : new Outcome(200, failure);
    finish(context, outcome, done.servedBy(), done.totals(), toFirst);
    return done;
  }

  private Throwable failed(CallContext context, Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      LOG.error("out of memory: {}", buffered);
    }
    Failure failure = InferenceException.failureOf(cause);
    Outcome outcome = new Outcome(failure.status(), failure);
    finish(context, outcome, context.servedBy(), context.totals(null), 0);
    return cause;
  }

  /** An attempt that outlives its call is waited for: its cost belongs into the record. */
  private void finish(
      CallContext context, Outcome outcome, ServedBy servedBy, CallTotals totals, long firstToken) {
    AttemptLog attempts = context.attempts();
    if (attempts.underWay().isEmpty()) {
      record(context, outcome, servedBy, totals, firstToken);
      return;
    }
    attempts.whenIdle(
        () -> {
          CallTotals all = context.totals(totals.finishReason());
          record(context, outcome, servedBy, all, firstToken);
        });
  }

  private void record(
      CallContext context, Outcome outcome, ServedBy servedBy, CallTotals totals, long firstToken) {
    CallRecord record =
        new CallRecord(
            context.call(),
            context.trace().traceId(),
            servedBy,
            context.attempts().records(),
            outcome,
            totals.usage(),
            totals.cost(),
            totals.finishReason(),
            totals.latencyNanos(),
            firstToken,
            context.content());
    context.trace().finished(record);
    listener.finished(record);
  }
}
