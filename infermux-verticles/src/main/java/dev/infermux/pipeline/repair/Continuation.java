package dev.infermux.pipeline.repair;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.answer.AnswerStream;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.inference.answer.ProviderAnswer.Streamed;
import dev.infermux.inference.bus.BusFailure;
import dev.infermux.inference.call.Call;
import dev.infermux.inference.call.RequestBody;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.pipeline.choice.Selection;
import dev.infermux.pipeline.stage.Passage;
import dev.infermux.pipeline.stage.Stage;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.provider.Registry;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Lets a chat's stream that was cut go on at a provider that takes prefill: it is asked to write on
 * from the text that the caller has read.
 */
public final class Continuation implements Stage {

  private final Selection selection;
  private final Registry registry;
  private final int mostProviders;
  private final Stage attempt;
  private final Stage next;

  /**
   * Takes who else may be asked, and how.
   *
   * @param attempt makes one attempt at whom {@code selection} has chosen
   */
  public Continuation(
      Selection selection, Registry registry, FailoverOptions failover, Stage attempt, Stage next) {
    this.selection = selection;
    this.registry = registry;
    this.mostProviders = failover.mostProviders();
    this.attempt = attempt;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(Passage passage) {
    Future<ProviderAnswer> answer = next.run(passage);
    return continuable(passage.call()) ? answer.map(begun -> continued(passage, begun)) : answer;
  }

  /** One choice of a streamed chat; where several interleave no text is the whole answer. */
  private static boolean continuable(Call call) {
    return call.stream()
        && call.operation() == Operation.CHAT
        && call.body().facts().choices() == 1;
  }

  private ProviderAnswer continued(Passage passage, ProviderAnswer answer) {
    if (!(answer instanceof Streamed streamed)) {
      return answer;
    }
    RequestBody asked = passage.asked().body();
    return new Streamed(
        streamed.model(),
        new ContinuedStream(streamed.stream(), text -> rest(passage, asked, text)));
  }

  private Future<Optional<AnswerStream>> rest(Passage passage, RequestBody asked, String text) {
    if (providers(passage) >= mostProviders) {
      return Future.succeededFuture(Optional.empty());
    }
    Candidate candidate = selection.next(passage);
    while (candidate != null && !takesPrefill(candidate)) {
      candidate = selection.next(passage);
    }
    if (candidate == null) {
      return Future.succeededFuture(Optional.empty());
    }
    passage.asks(ContinuedBody.of(asked, text));
    return attempt
        .run(passage)
        .map(answer -> Optional.of(((Streamed) answer).stream()))
        .recover(failed -> elsewhere(passage, asked, text, failed));
  }

  private Future<Optional<AnswerStream>> elsewhere(
      Passage passage, RequestBody asked, String text, Throwable failed) {
    if (passage.cancellation().isCancelled()) {
      return Future.failedFuture(failed);
    }
    // A budget that has no room for the rest has none anywhere: the caller is told of the cut.
    return BusFailure.failureOf(failed) instanceof Failure.BudgetExceeded
        ? Future.succeededFuture(Optional.empty())
        : rest(passage, asked, text);
  }

  private boolean takesPrefill(Candidate candidate) {
    return registry.snapshot().stream()
        .anyMatch(
            provider ->
                provider.name().equals(candidate.provider()) && provider.options().prefill());
  }

  private static long providers(Passage passage) {
    return passage.attempts().ended().stream().map(AttemptRecord::provider).distinct().count();
  }
}
