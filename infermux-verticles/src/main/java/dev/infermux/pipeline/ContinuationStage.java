package dev.infermux.pipeline;

import dev.infermux.bus.BusFailure;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.inference.ProviderAnswer.Streamed;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.provider.Registry;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a chat's stream that was cut go on at a provider that takes prefill: it is asked to write on
 * from the text that the caller has read.
 */
public final class ContinuationStage implements Stage {

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
  public ContinuationStage(
      Selection selection, Registry registry, FailoverOptions failover, Stage attempt, Stage next) {
    this.selection = selection;
    this.registry = registry;
    this.mostProviders = failover.mostProviders();
    this.attempt = attempt;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(CallContext context) {
    Future<ProviderAnswer> answer = next.run(context);
    return continuable(context.call()) ? answer.map(begun -> continued(context, begun)) : answer;
  }

  /** One choice of a streamed chat; where several interleave no text is the whole answer. */
  private static boolean continuable(Call call) {
    return call.stream()
        && call.operation() == Operation.CHAT
        && call.body().facts().choices() == 1;
  }

  private ProviderAnswer continued(CallContext context, ProviderAnswer answer) {
    if (!(answer instanceof Streamed streamed)) {
      return answer;
    }
    RequestBody asked = context.asked().body();
    return new Streamed(
        streamed.model(),
        new ContinuedStream(streamed.stream(), text -> rest(context, asked, text)));
  }

  private Future<Optional<AnswerStream>> rest(CallContext context, RequestBody asked, String text) {
    if (providers(context) >= mostProviders) {
      return Future.succeededFuture(Optional.empty());
    }
    Candidate candidate = next(context);
    while (candidate != null && !takesPrefill(candidate)) {
      candidate = next(context);
    }
    if (candidate == null) {
      return Future.succeededFuture(Optional.empty());
    }
    context.asks(ContinuedBody.of(asked, text));
    return attempt
        .run(context)
        .map(answer -> Optional.of(((Streamed) answer).stream()))
        .recover(failed -> elsewhere(context, asked, text, failed));
  }

  private Future<Optional<AnswerStream>> elsewhere(
      CallContext context, RequestBody asked, String text, Throwable failed) {
    if (context.cancellation().isCancelled()) {
      return Future.failedFuture(failed);
    }
    // A budget that has no room for the rest has none anywhere: the caller is told of the cut.
    return BusFailure.failureOf(failed) instanceof Failure.BudgetExceeded
        ? Future.succeededFuture(Optional.empty())
        : rest(context, asked, text);
  }

  private @Nullable Candidate next(CallContext context) {
    Choice choice = selection.next(context.asked(), context.tried());
    if (choice == null) {
      return null;
    }
    context.chosen(choice.candidate(), choice.strategy(), choice.group());
    return choice.candidate();
  }

  private boolean takesPrefill(Candidate candidate) {
    return registry.snapshot().stream()
        .anyMatch(
            provider ->
                provider.name().equals(candidate.provider()) && provider.options().prefill());
  }

  private static long providers(CallContext context) {
    return context.attempts().ended().stream().map(AttemptRecord::provider).distinct().count();
  }
}
