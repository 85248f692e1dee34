package dev.infermux.pipeline;

import dev.infermux.bus.BusFailure;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.inference.StreamSummary;
import dev.infermux.inference.record.CallListener;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.Outcome;
import io.vertx.core.Future;

/**
 * The head of the line: opens the trace, takes a place in flight, and whatever way a call ends,
 * gives the place back and tells the witnesses exactly once.
 */
final class AccountingStage {

  private final CallTracer tracer;
  private final CallListener listener;
  private final Admission admission;
  private final Stage next;

  AccountingStage(CallInstruments instruments, Stage next) {
    this.tracer = instruments.tracer();
    this.listener = instruments.witness();
    this.admission = instruments.admission();
    this.next = next;
  }

  Future<Answer> run(Call call) {
    CallContext context = new CallContext(call, tracer.start(call));
    try {
      admission.enter();
    } catch (InferenceException refused) {
      return Future.failedFuture(failed(context, refused));
    }
    return through(context)
        .transform(
            (answer, cause) -> {
              if (cause != null) {
                admission.leave();
                return Future.failedFuture(failed(context, cause));
              }
              return Future.succeededFuture(answered(context, answer));
            });
  }

  private Future<ProviderAnswer> through(CallContext context) {
    try {
      return next.run(context);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private Answer answered(CallContext context, ProviderAnswer answer) {
    if (answer instanceof ProviderAnswer.Whole whole) {
      admission.leave();
      CallTotals totals = context.settlement(whole.finishReason());
      finish(context, Outcome.OK, totals, 0);
      return new Answer.Whole(context.route(), totals, whole.body());
    }
    ProviderAnswer.Streamed streamed = (ProviderAnswer.Streamed) answer;
    Future<CallTotals> settled =
        streamed.stream().summary().map(summary -> streamEnded(context, summary));
    return new Answer.Streamed(context.route(), streamed.stream(), settled);
  }

  private CallTotals streamEnded(CallContext context, StreamSummary summary) {
    admission.leave();
    CallTotals totals = context.settlement(summary.finishReason());
    long first = summary.firstTokenNanos();
    long toFirst = first == 0 ? 0 : first - context.call().startedNanos();
    Failure failure = summary.failure();
    finish(context, failure == null ? Outcome.OK : new Outcome(200, failure), totals, toFirst);
    return totals;
  }

  private Throwable failed(CallContext context, Throwable cause) {
    Failure failure = BusFailure.failureOf(cause);
    finish(context, new Outcome(failure.status(), failure), context.settlement(null), 0);
    return cause;
  }

  private void finish(CallContext context, Outcome outcome, CallTotals totals, long firstToken) {
    CallRecord record =
        new CallRecord(
            context.call(),
            context.trace().traceId(),
            context.route(),
            context.attempts().ended(),
            outcome,
            totals.usage(),
            totals.cost(),
            totals.finishReason(),
            totals.latencyNanos(),
            firstToken);
    context.trace().finished(record);
    listener.finished(record);
  }
}
