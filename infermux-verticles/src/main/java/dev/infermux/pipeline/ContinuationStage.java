package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Prefill;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.pipeline.selection.Choice;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.provider.guard.Registry;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Continues a chat's stream that was cut: a provider that takes prefill is asked to write on from
 * the text that the caller has read, or, with {@code mid_stream: restart}, any provider is asked
 * for the whole answer anew, of which the caller reads what he has not read yet.
 */
final class ContinuationStage implements Stage {

  private final Selection selection;
  private final Registry registry;
  private final FailoverOptions failover;
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
    this.failover = failover;
    this.attempts = attempts;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Future<Answer> answer = next.run(context);
    return continuable(context.call())
        ? answer.map(begun -> Stage.changed(begun, first -> continued(context, first)))
        : answer;
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
            answer, context.asked().body().dialect().transcript(), new Targets(context));
    return new Answer(answer.head(), new Answer.Body.Stream(stream), stream.end());
  }

  /** The providers that may write the rest of one call's answer. */
  private final class Targets implements ContinuedStream.Source {

    private final CallContext context;

    /** Providers that cannot go on from a text, and may be asked for the whole answer. */
    private final Set<String> passedOver = new HashSet<>();

    Targets(CallContext context) {
      this.context = context;
    }

    @Override
    public Future<Optional<ContinuedStream.Part>> rest(String text) {
      if (providers() >= failover.mostProviders()) {
        return Future.succeededFuture(Optional.empty());
      }
      String told = text.stripTrailing();
      Choice choice = told.isEmpty() ? null : next();
      if (choice != null) {
        Call asked = context.asked();
        Call request = asked.withBody(asked.body().continuing(told));
        return made(text, context.attempt(choice, request, true));
      }
      Choice anew = failover.restartsStreams() ? anew() : null;
      return anew == null
          ? Future.succeededFuture(Optional.empty())
          : made(text, context.attempt(anew, context.asked(), false));
    }

    @Override
    public boolean left() {
      return context.cancellation().isCancelled();
    }

    private Future<Optional<ContinuedStream.Part>> made(String text, AttemptContext attempt) {
      return attempts
          .guarded(context, attempt)
          .transform(
              (result, cause) -> {
                if (result instanceof Sent sent) {
                  return Future.succeededFuture(
                      Optional.of(new ContinuedStream.Part(sent.answer(), !attempt.continues())));
                }
                context.attempts().broken(attempt);
                return result instanceof Refused ? elsewhere(text) : failed(text, cause);
              });
    }

    private Future<Optional<ContinuedStream.Part>> failed(String text, Throwable cause) {
      if (context.cancellation().isCancelled()) {
        return Future.failedFuture(cause);
      }
      // A budget that has no room for the rest has none anywhere: the caller sees the cut.
      return InferenceException.failureOf(cause) instanceof Failure.BudgetExceeded
          ? Future.succeededFuture(Optional.empty())
          : rest(text);
    }

    private Future<Optional<ContinuedStream.Part>> elsewhere(String text) {
      return context.cancellation().isCancelled()
          ? Future.failedFuture(Backoff.left())
          : rest(text);
    }

    /** The next provider that takes prefill. */
    private @Nullable Choice next() {
      Choice choice = selection.next(context.asked(), context.tried());
      while (choice != null && prefill(choice.candidate()) == Prefill.NONE) {
        passedOver.add(choice.candidate().provider());
        context.skip(choice);
        choice = selection.next(context.asked(), context.tried());
      }
      return choice;
    }

    /** The next provider that was not asked at all. */
    private @Nullable Choice anew() {
      Set<String> asked = new HashSet<>(context.tried());
      asked.removeAll(passedOver);
      Choice choice = selection.next(context.asked(), asked);
      if (choice != null) {
        passedOver.remove(choice.candidate().provider());
      }
      return choice;
    }

    private Prefill prefill(Candidate candidate) {
      return registry
          .snapshot()
          .provider(candidate.provider())
          .map(provider -> provider.options().prefill().of(candidate.model()))
          .orElse(Prefill.NONE);
    }

    private long providers() {
      return context.attempts().records().stream().map(AttemptRecord::provider).distinct().count();
    }
  }
}
