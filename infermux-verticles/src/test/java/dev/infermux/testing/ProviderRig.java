package dev.infermux.testing;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.spi.Provider;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Runs one provider on one event loop, as a cell does, for tests that wait on their own thread. */
public final class ProviderRig implements AutoCloseable {

  private static final int SECONDS = 60;

  private final Context loop;
  private final Provider provider;

  public ProviderRig(Vertx vertx, Function<Vertx, Provider> provider) {
    this.loop = ((VertxInternal) vertx).createEventLoopContext();
    CompletableFuture<Provider> made = new CompletableFuture<>();
    loop.runOnContext(
        here -> {
          try {
            made.complete(provider.apply(vertx));
          } catch (RuntimeException e) {
            made.completeExceptionally(e);
          }
        });
    this.provider = wait(made);
  }

  public Provider provider() {
    return provider;
  }

  public Context loop() {
    return loop;
  }

  /** Starts an attempt. */
  public CompletableFuture<Answer> start(Attempt attempt) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    loop.runOnContext(
        here -> provider.call(attempt).onComplete(answer::complete, answer::completeExceptionally));
    return answer;
  }

  /** A whole answer. */
  public WholeAnswer whole(TestCall call) {
    return new WholeAnswer(wait(start(call.attempt())));
  }

  /** A stream that has begun, paused. */
  public StreamProbe streamed(TestCall call) {
    CompletableFuture<StreamProbe> probe = new CompletableFuture<>();
    loop.runOnContext(
        here ->
            provider
                .call(call.attempt())
                .onComplete(
                    answer -> probe.complete(new StreamProbe(answer.events(), loop)),
                    probe::completeExceptionally));
    return wait(probe);
  }

  /** A stream read to its end. */
  public CompletableFuture<End> drained(TestCall call) {
    CompletableFuture<End> summary = new CompletableFuture<>();
    loop.runOnContext(
        here ->
            provider
                .call(call.attempt())
                .onFailure(summary::completeExceptionally)
                .onSuccess(
                    answer -> {
                      AnswerStream stream = answer.events();
                      stream.end().onSuccess(summary::complete);
                      stream.handler(buffer -> {}).resume();
                    }));
    return summary;
  }

  /** Waits until the event loop has done what it had to do so far. */
  public void settle() {
    for (int i = 0; i < 5; i++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      loop.runOnContext(here -> done.complete(null));
      wait(done);
    }
  }

  /** How an attempt that must fail did. */
  public Failure failure(TestCall call) {
    return failure(start(call.attempt()));
  }

  public static Failure failure(CompletableFuture<Answer> answer) {
    try {
      throw new AssertionError("answered: " + answer.get(SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InferenceException known) {
        return known.failure();
      }
      throw new AssertionError("a provider fails with InferenceException only", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("neither answered nor failed in time", e);
    }
  }

  public static <T> T wait(CompletableFuture<T> future) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  @Override
  public void close() {
    provider.close().await();
  }
}
