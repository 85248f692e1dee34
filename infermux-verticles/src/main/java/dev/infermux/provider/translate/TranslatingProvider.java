package dev.infermux.provider.translate;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Translation;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.spi.HealthCheck;
import dev.infermux.spi.Provider;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A provider that takes calls of every dialect: those that it does not speak are translated on
 * their way to it, and their answers back.
 */
public final class TranslatingProvider implements Provider {

  private final Provider provider;
  private final Translators translators;
  private final ProviderFailures failures;

  /**
   * @param name the provider's, for errors
   */
  public TranslatingProvider(Provider provider, String name, Translators translators) {
    this.provider = provider;
    this.translators = translators;
    this.failures = new ProviderFailures(name);
  }

  @Override
  public boolean speaks(Dialect dialect, Operation operation) {
    return true;
  }

  @Override
  public Future<Answer> call(Attempt attempt) {
    return speaks(attempt) && !mustTranslate(attempt)
        ? provider.call(attempt).recover(failed -> learned(attempt, attempt, failed))
        : translated(attempt);
  }

  private static boolean mustTranslate(Attempt attempt) {
    return attempt.continues() && !attempt.call().body().dialect().takesPrefill();
  }

  private boolean speaks(Attempt attempt) {
    Call call = attempt.call();
    return provider.speaks(call.body().dialect(), call.operation(), attempt.model());
  }

  /** An answer that there is no such API may teach a provider what it does not speak. */
  private Future<Answer> learned(Attempt asked, Attempt attempt, Throwable failed) {
    int status = InferenceException.failureOf(failed).providerStatus();
    boolean absent = status == 400 || status == 404 || status == 405;
    return absent && !speaks(asked) ? translated(attempt) : Future.failedFuture(failed);
  }

  private Future<Answer> translated(Attempt attempt) {
    Translator translator = translators.between(attempt, provider);
    if (translator == null) {
      String message =
          failures.named("cannot do " + attempt.call().operation().wireName() + " for this API");
      return Future.failedFuture(new InferenceException(new Failure.Untranslatable(message, null)));
    }
    Buffer own = translator.own(attempt);
    if (own != null) {
      return Future.succeededFuture(
          Answer.whole(own, End.whole("", null, null, 0))
              .translated(new Translation(translator.path(), List.of())));
    }
    Losses losses = new Losses();
    Attempt asked;
    try {
      asked = attempt.withCall(translator.request(attempt, losses));
    } catch (InferenceException refused) {
      return Future.failedFuture(refused);
    }
    return provider
        .call(asked)
        .map(
            answer ->
                back(translator, attempt, answer)
                    .onEnd(end -> inCallersWords(translator, end))
                    .translated(new Translation(translator.path(), losses.dropped())))
        .recover(failed -> learned(asked, attempt, failed));
  }

  private static End inCallersWords(Translator translator, End end) {
    String reason = end.finishReason();
    return reason == null ? end : end.withFinishReason(translator.finishReason(reason));
  }

  private Answer back(Translator translator, Attempt attempt, Answer answer) {
    if (answer.streams()) {
      TranslatedStream stream =
          new TranslatedStream(answer.events(), translator.stream(attempt), failures);
      return new Answer(answer.head(), new Answer.Body.Stream(stream), stream.end());
    }
    try {
      return answer.withBody(new Answer.Body.Whole(translator.answer(answer.bytes(), attempt)));
    } catch (JsonSyntaxException | InferenceException e) {
      answer.end().onSuccess(end -> attempt.progress().charged(end.usage(), end.contentChars()));
      String found = "an answer that cannot be translated: " + e.getMessage();
      throw new InferenceException(failures.malformed(200, found));
    }
  }

  @Override
  public Future<Void> check(HealthCheck check) {
    // A completion that the check brings is a call like others, and may have to be translated.
    return check.completion() == null ? provider.check(check) : Provider.super.check(check);
  }

  @Override
  public Future<Void> close() {
    return provider.close();
  }
}
