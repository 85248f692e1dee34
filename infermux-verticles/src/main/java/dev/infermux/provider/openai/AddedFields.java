package dev.infermux.provider.openai;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.provider.ProviderOptions.StreamUsage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes up for what the gateway has put into a request: where the provider refuses that, the
 * request is sent again without it, or with a maximum in its other spelling, and what is refused is
 * left out for an hour. The caller hears nothing of it. What he sent himself is his to mend.
 */
final class AddedFields {

  private static final String USAGE = "usage";

  private final StreamUsage usage;
  private final RefusedFields refused;

  AddedFields(StreamUsage usage, RefusedFields refused) {
    this.usage = usage;
    this.refused = refused;
  }

  /** Sends an attempt, and again as often as there is something to leave out. */
  Future<Answer> send(Attempt attempt, Function<Attempt, Future<Answer>> upstream) {
    return attempt.call().body() instanceof OpenAiRequestBody body
        ? new Sending(attempt, upstream).send(known(attempt.model(), body))
        : upstream.apply(attempt);
  }

  /** The request as the provider is known to take it. */
  private OpenAiRequestBody known(String model, OpenAiRequestBody body) {
    OpenAiRequestBody next = body;
    boolean asks = usage == StreamUsage.ALWAYS || !refused.has(model, USAGE);
    if (usage == StreamUsage.NEVER || !asks) {
      next = next.withoutUsage();
    }
    String maximum = next.ownMaximum();
    if (!maximum.isEmpty() && refused.has(model, maximum)) {
      OpenAiRequestBody respelled = next.withMaximumRespelled();
      next = refused.has(model, respelled.ownMaximum()) ? next : respelled;
    }
    return next;
  }

  /** One attempt, with what was left out of it so far. */
  private final class Sending {

    private final Attempt attempt;
    private final Function<Attempt, Future<Answer>> upstream;
    private final List<String> leftOut = new ArrayList<>(0);

    Sending(Attempt attempt, Function<Attempt, Future<Answer>> upstream) {
      this.attempt = attempt;
      this.upstream = upstream;
    }

    Future<Answer> send(OpenAiRequestBody body) {
      return upstream
          .apply(attempt.withCall(attempt.call().withBody(body)))
          .onSuccess(answer -> leftOut.forEach(field -> refused.remember(attempt.model(), field)))
          .recover(failed -> failed(body, failed));
    }

    private Future<Answer> failed(OpenAiRequestBody body, Throwable failed) {
      Failure failure = InferenceException.failureOf(failed);
      if (attempt.cancellation().isCancelled()) {
        return Future.failedFuture(failed);
      } else if (body.refusedForUsage(failure)) {
        leftOut.add(USAGE);
        return send(body.withoutUsage());
      } else if (!body.refusedForMaximum(failure)) {
        return Future.failedFuture(failed);
      }
      boolean tooLong = failure.kind() == FailureClass.CONTEXT_LENGTH;
      boolean first = !leftOut.contains(body.withMaximumRespelled().ownMaximum());
      if (first && !tooLong) {
        leftOut.add(body.ownMaximum());
        return send(body.withMaximumRespelled());
      }
      return body.addsMaximum() ? without(body, failed, tooLong) : Future.failedFuture(failed);
    }

    /**
     * Without a maximum the answer may be as long as the model's largest, if the budget bears it.
     */
    private Future<Answer> without(OpenAiRequestBody body, Throwable failed, boolean tooLong) {
      return attempt
          .progress()
          .withoutMaximum()
          .compose(
              borne -> {
                if (!borne) {
                  return Future.failedFuture(failed);
                }
                if (!tooLong) {
                  leftOut.add(body.ownMaximum());
                }
                return send(body.withoutMaximum());
              });
    }
  }
}
