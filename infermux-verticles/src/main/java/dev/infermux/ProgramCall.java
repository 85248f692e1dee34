package dev.infermux;

import dev.infermux.api.ResponseMeta;
import dev.infermux.assembly.Cell;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.AttributionText;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Translation;
import dev.infermux.mist.MistIds;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of a program's, and the cell that serves it.
 *
 * @param release takes the call back from the program's cancellation
 */
record ProgramCall(Call call, Cell cell, Cancellation.Registration release) {

  static ProgramCall of(
      Operation operation, RequestBody body, CallOptions options, Cell cell, Time time) {
    String id = options.requestId() == null ? MistIds.newId() : options.requestId();
    if (!MistIds.isSane(id)) {
      throw invalid("requestId: not an id (expected: 1 to 256 characters of printable ASCII)");
    }
    Attribution named = options.attribution();
    Cancellation own = new Cancellation();
    long started = time.nanos();
    Call call =
        new Call(
            id,
            operation,
            body,
            options.provider(),
            AttributionText.of(named.caller(), named.project(), named.env(), "attribution."),
            null,
            CallerHeaders.NONE,
            new Origin("library", "", "", null, options.traceparent(), null),
            own,
            time.epochNanos(),
            started,
            deadline(options.deadline(), started),
            Call.UNHEARD,
            Call.UNKEPT);
    Cancellation given = options.cancellation();
    return new ProgramCall(
        call, cell, given == null ? () -> {} : given.onCancel(() -> cell.run(own::cancel)));
  }

  /** What is known of a call that is refused before it is made. */
  static Call unread(Operation operation, @Nullable CallOptions options, Time time) {
    String id = options == null ? null : options.requestId();
    return new Call(
        MistIds.saneOrNew(id),
        operation,
        RequestBody.unread(),
        null,
        known(options),
        null,
        CallerHeaders.NONE,
        Origin.LIBRARY,
        new Cancellation(),
        time.epochNanos(),
        time.nanos(),
        Call.NO_DEADLINE,
        Call.UNHEARD,
        Call.UNKEPT);
  }

  private static Attribution known(@Nullable CallOptions options) {
    Attribution named = options == null ? Attribution.ANONYMOUS : options.attribution();
    try {
      return AttributionText.of(named.caller(), named.project(), named.env(), "");
    } catch (InferenceException notSane) {
      return Attribution.ANONYMOUS;
    }
  }

  private static long deadline(@Nullable Duration limit, long startedNanos) {
    if (limit == null) {
      return Call.NO_DEADLINE;
    }
    if (limit.isNegative() || limit.isZero()) {
      throw new InferenceException(
          new Failure.DeadlinePassed("deadline: passed before the call began"));
    }
    return limit.compareTo(Duration.ofDays(1)) > 0
        ? Call.NO_DEADLINE
        : startedNanos + limit.toNanos();
  }

  private static InferenceException invalid(String message) {
    return new InferenceException(new Failure.InvalidRequest(message, null));
  }

  /** Reads the answer on the call's event loop; completes on the context of the caller. */
  <T> Future<T> ask(Function<Answer, T> read) {
    return cell.ask(
            call,
            answer -> {
              answer.end().onComplete(ended -> release.remove());
              return read.apply(answer);
            })
        .recover(
            cause -> {
              release.remove();
              return Future.failedFuture(
                  new InferenceException(InferenceException.failureOf(cause)));
            });
  }

  /** What the router did for a whole answer. */
  ResponseMeta meta(Answer answer) {
    return meta(answer.head(), answer.end().result());
  }

  ResponseMeta meta(Answer.Head head, End end) {
    ServedBy by = end.servedBy().equals(ServedBy.NONE) ? head.servedBy() : end.servedBy();
    Translation translation = head.translation();
    return new ResponseMeta(
        call.requestId(),
        by.provider(),
        by.model(),
        by.strategy(),
        by.group(),
        Duration.ofNanos(end.totals().latencyNanos()),
        by.attempts(),
        translation.path(),
        translation.dropped(),
        end.totals().usage(),
        end.totals().cost());
  }
}
