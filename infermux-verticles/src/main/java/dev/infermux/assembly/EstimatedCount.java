package dev.infermux.assembly;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.estimation.FamilyEstimator;
import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.provider.translate.Translators.SpecialTranslator;
import dev.infermux.spi.Provider;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ForkJoinPool;

/** Counts a prompt's tokens here where a provider's API cannot be asked for them. */
final class EstimatedCount implements SpecialTranslator {

  private static final TokenEstimator ESTIMATOR = new FamilyEstimator(ForkJoinPool.commonPool());

  private final CountForm form;

  EstimatedCount(CountForm form) {
    this.form = form;
  }

  @Override
  public boolean fits(Call call, Provider provider) {
    return call.operation() == Operation.COUNT_TOKENS
        && call.body().dialect().id().equals(form.dialect().id())
        && !provider.speaks(call.body().dialect(), Operation.COUNT_TOKENS);
  }

  @Override
  public String path() {
    return form.title() + "→estimate";
  }

  @Override
  public Buffer own(Attempt attempt) {
    long tokens = ESTIMATOR.estimate(attempt.call(), attempt.model(), 0).promptTokens();
    return Buffer.buffer(form.written(tokens));
  }

  @Override
  public Call request(Attempt attempt, Losses losses) {
    throw new IllegalStateException("no provider is asked");
  }

  @Override
  public Buffer answer(Buffer whole, Attempt attempt) {
    return whole;
  }

  @Override
  public StreamTranslator stream(Attempt attempt) {
    throw new IllegalStateException("a count is no stream");
  }
}
