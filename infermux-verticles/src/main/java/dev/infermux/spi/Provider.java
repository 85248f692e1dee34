package dev.infermux.spi;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Operation;
import io.vertx.core.Future;

/**
 * Sends attempts to one model API. It runs on one cell's event loop and must not block.
 *
 * <p>Every failure is an {@link dev.infermux.inference.InferenceException} whose {@code Failure}
 * names its class; anything else is reported as a bug in the provider. A cancelled call closes what
 * the attempt holds at once, in every phase.
 */
public interface Provider {

  /**
   * Makes one attempt. A streamed answer completes once its first event has arrived, so that all
   * that can go wrong before is still a failed future.
   */
  Future<Answer> call(Attempt attempt);

  /**
   * Whether it takes requests of this dialect; its answers to them are in the same. Requests of
   * other dialects are translated before they get here, and answers after they left. The default is
   * OpenAI's chat completions, legacy completions and embeddings.
   */
  default boolean speaks(Dialect dialect, Operation operation) {
    return dialect.id().equals("openai");
  }

  /**
   * The same for one model, which may be behind one of a provider's APIs alone.
   *
   * @param model as the provider knows it
   */
  default boolean speaks(Dialect dialect, Operation operation, String model) {
    return speaks(dialect, operation);
  }

  /**
   * Finds out whether calls would be answered: by something that costs nothing, or by the
   * completion that the check brings. It fails as {@link #call} does; what the failure says of the
   * provider's health is decided elsewhere. A provider that has nothing to ask is healthy. A
   * wrapper passes checks on unchanged: they are not calls, and no statistics include them.
   */
  default Future<Void> check(HealthCheck check) {
    Attempt completion = check.completion();
    return completion == null ? Future.succeededFuture() : call(completion).mapEmpty();
  }

  /** Closes connections; what is in flight is not waited for. */
  default Future<Void> close() {
    return Future.succeededFuture();
  }
}
