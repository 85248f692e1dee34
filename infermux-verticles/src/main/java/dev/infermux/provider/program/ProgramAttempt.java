package dev.infermux.provider.program;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Cancellation;
import dev.infermux.spi.ChatProvider.ProviderCall;
import dev.infermux.time.Time;
import dev.infermux.time.Timer;
import dev.infermux.vertx.Contexts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt at a program's provider: within its time, and until its caller leaves. */
final class ProgramAttempt {

  private final Vertx vertx;
  private final Attempt attempt;
  private final ProgramFailures failures;
  private final Time time;
  private final Duration limit;
  private final Cancellation cancellation = new Cancellation();

  ProgramAttempt(
      Vertx vertx, Attempt attempt, ProgramFailures failures, Time time, Duration limit) {
    this.vertx = vertx;
    this.attempt = attempt;
    this.failures = failures;
    this.time = time;
    this.limit = limit;
  }

  ProviderCall providerCall() {
    Call call = attempt.call();
    return new ProviderCall(
        call.requestId(),
        call.attribution(),
        attempt.number(),
        attempt.traceparent(),
        cancellation);
  }

  Attempt attempt() {
    return attempt;
  }

  Time time() {
    return time;
  }

  ProgramFailures failures() {
    return failures;
  }

  /** Tells the provider that its answer is of no interest. */
  void abandon() {
    cancellation.cancel();
  }

  /** Asks for a whole answer and writes it. */
  <T> Future<Answer> whole(Supplier<Future<T>> asked, Function<T, Answer> written) {
    return within(asked, written);
  }

  /** Asks for a stream, whose first chunk is waited for. */
  <T> Future<Answer> streamed(
      Supplier<? extends Future<? extends T>> asked, Function<T, ProgramStream> made) {
    return within(asked, made).compose(this::begun);
  }

  private Future<Answer> begun(ProgramStream stream) {
    try {
      return stream.begun();
    } catch (RuntimeException thrown) {
      return Future.failedFuture(failures.thrown(thrown));
    }
  }

  private <T, A> Future<A> within(
      Supplier<? extends Future<? extends T>> asked, Function<T, A> read) {
    Promise<A> answer = Contexts.promise(vertx);
    Cancellation.Registration left =
        attempt.cancellation().onCancel(() -> give(answer, failures.cancelled()));
    Timer late = time.timers().start(limit, () -> give(answer, failures.silent(limit)));
    ask(asked).onComplete((given, cause) -> take(answer, given, cause, read));
    return answer
        .future()
        .onComplete(
            done -> {
              late.cancel();
              left.remove();
            });
  }

  private void give(Promise<?> answer, RuntimeException failure) {
    if (answer.tryFail(failure)) {
      abandon();
    }
  }

  private <T> Future<? extends T> ask(Supplier<? extends Future<? extends T>> asked) {
    try {
      Future<? extends T> answer = asked.get();
      return answer == null ? Future.failedFuture(failures.nothing("its future")) : answer;
    } catch (Throwable thrown) {
      return Future.failedFuture(failures.thrown(thrown));
    }
  }

  private <T, A> void take(
      Promise<A> answer, @Nullable T given, @Nullable Throwable cause, Function<T, A> read) {
    if (cause != null) {
      answer.tryFail(failures.of(cause));
    } else if (given == null) {
      answer.tryFail(failures.nothing("its answer"));
    } else {
      try {
        answer.tryComplete(read.apply(given));
      } catch (RuntimeException unsound) {
        answer.tryFail(failures.unsound(unsound));
      }
    }
  }
}
