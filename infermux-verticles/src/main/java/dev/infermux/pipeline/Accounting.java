package dev.infermux.pipeline;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.answer.Answer;
import dev.infermux.inference.answer.CallTotals;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.answer.StreamSummary;
import dev.infermux.inference.bus.BusFailure;
import dev.infermux.inference.call.Call;
import dev.infermux.inference.record.CallListener;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.Outcome;
import dev.infermux.pipeline.stage.Passage;
import dev.infermux.pipeline.stage.Stage;
import io.vertx.core.Future;

/**
 * The head of the line: opens the trace, takes a place in flight, and whatever way a call ends,
 * gives the place back and tells the witnesses exactly once.
 */
final class Accounting {

  private final CallTracer tracer;
  private final CallListener listener;
  private final Admission admission;
  private final Stage next;

  Accounting(Intake intake, Stage next) {
    this.tracer = intake.tracer();
    this.listener = intake.witness();
    this.admission = intake.admission();
    this.next = next;
  }

  Future<Answer> run(Call call) {
    Passage passage = new Passage(call, tracer.start(call));
    try {
      admission.enter();
    } catch (InferenceException refused) {
      return Future.failedFuture(failed(passage, refused));
    }
    return through(passage)
        .transform(
            (answer, cause) -> {
              if (cause != null) {
                admission.leave();
                return Future.failedFuture(failed(passage, cause));
              }
              return Future.succeededFuture(answered(passage, answer));
            });
  }

  private Future<ProviderAnswer> through(Passage passage) {
    try {
      return next.run(passage);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private Answer answered(Passage passage, ProviderAnswer answer) {
    if (answer instanceof ProviderAnswer.Whole whole) {
      admission.leave();
      CallTotals totals = passage.settlement(whole.finishReason());
      finish(passage, Outcome.OK, totals, 0);
      return new Answer.Whole(passage.route(), totals, whole.body());
    }
    ProviderAnswer.Streamed streamed = (ProviderAnswer.Streamed) answer;
    Future<CallTotals> settled =
        streamed.stream().summary().map(summary -> streamEnded(passage, summary));
    return new Answer.Streamed(passage.route(), streamed.stream(), settled);
  }

  private CallTotals streamEnded(Passage passage, StreamSummary summary) {
    admission.leave();
    CallTotals totals = passage.settlement(summary.finishReason());
    long first = summary.firstTokenNanos();
    long toFirst = first == 0 ? 0 : first - passage.call().startedNanos();
    Failure failure = summary.failure();
    finish(passage, failure == null ? Outcome.OK : new Outcome(200, failure), totals, toFirst);
    return totals;
  }

  private Throwable failed(Passage passage, Throwable cause) {
    Failure failure = BusFailure.failureOf(cause);
    finish(passage, new Outcome(failure.status(), failure), passage.settlement(null), 0);
    return cause;
  }

  private void finish(Passage passage, Outcome outcome, CallTotals totals, long firstToken) {
    CallRecord record =
        new CallRecord(
            passage.call(),
            passage.trace().traceId(),
            passage.route(),
            passage.attempts().ended(),
            outcome,
            totals.usage(),
            totals.cost(),
            totals.finishReason(),
            totals.latencyNanos(),
            firstToken);
    passage.trace().finished(record);
    listener.finished(record);
  }
}
