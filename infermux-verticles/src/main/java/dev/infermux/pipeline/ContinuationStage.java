package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.provider.guard.Registry;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Continues a chat's stream that was cut at a provider that takes prefill: it is asked to write on
 * from the text that the caller has read.
 */
final class ContinuationStage implements Stage {

  private final Selection selection;
  private final Registry registry;
  private final int mostProviders;
  private final AttemptRunner attempts;
  private final Stage next;

  /**
   * Takes who else may be asked, and how.
   *
   * @param attempts makes one attempt at the chosen provider
   */
  ContinuationStage(
      Selection selection,
      Registry registry,
      FailoverOptions failover,
      AttemptRunner attempts,
      Stage next) {
    this.selection = selection;
    this.registry = registry;
    this.mostProviders = failover.mostProviders();
    this.attempts = attempts;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Future<Answer> answer = next.run(context);
    return continuable(context.call()) ? answer.map(begun -> continued(context, begun)) : answer;
  }

  /** One choice of a streamed chat; where several interleave no text is the whole answer. */
  private static boolean continuable(Call call) {
    return call.stream()
        && call.operation() == Operation.CHAT
        && call.body().facts().choices() == 1;
  }

  private Answer continued(CallContext context, Answer answer) {
    if (!answer.streams()) {
      return answer;
    }
    ContinuedStream stream =
        new ContinuedStream(
            answer, context.asked().body().dialect().transcript(), text -> rest(context, text));
    return new Answer(answer.head(), new Answer.Body.Stream(stream), stream.end());
  }

  private Future<Optional<Answer>> rest(CallContext context, String text) {
    Choice choice = providers(context) >= mostProviders ? null : next(context);
    if (choice == null) {
      return Future.succeededFuture(Optional.empty());
    }
    Call asked = context.asked();
    Call request = asked.withBody(asked.body().continuing(text));
    return attempts
        .run(context, context.attempt(choice, request))
        .transform(
            (result, cause) -> {
              if (result instanceof Sent sent) {
                return Future.succeededFuture(Optional.of(sent.answer()));
              }
              return result instanceof Refused
                  ? elsewhere(context, text)
                  : failed(context, text, cause);
            });
  }

  private Future<Optional<Answer>> failed(CallContext context, String text, Throwable cause) {
    if (context.cancellation().isCancelled()) {
      return Future.failedFuture(cause);
    }
    // A budget that has no room for the rest has none anywhere: the caller sees the cut.
    return InferenceException.failureOf(cause) instanceof Failure.BudgetExceeded
        ? Future.succeededFuture(Optional.empty())
        : rest(context, text);
  }

  private Future<Optional<Answer>> elsewhere(CallContext context, String text) {
    return context.cancellation().isCancelled()
        ? Future.failedFuture(Backoff.left())
        : rest(context, text);
  }

  /** The next provider that takes prefill. */
  private @Nullable Choice next(CallContext context) {
    Choice choice = selection.next(context.asked(), context.tried());
    while (choice != null && !takesPrefill(choice.candidate())) {
      context.skip(choice);
      choice = selection.next(context.asked(), context.tried());
    }
    return choice;
  }

  private boolean takesPrefill(Candidate candidate) {
    return registry
        .snapshot()
        .provider(candidate.provider())
        .map(provider -> provider.options().prefill())
        .orElse(false);
  }

  private static long providers(CallContext context) {
    return context.attempts().records().stream().map(AttemptRecord::provider).distinct().count();
  }
}
