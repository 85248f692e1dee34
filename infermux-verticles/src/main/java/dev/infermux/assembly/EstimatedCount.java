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

  private final TokenEstimator estimator = new FamilyEstimator(ForkJoinPool.commonPool());

  @Override
  public boolean fits(Call call, Provider provider) {
    return call.operation() == Operation.COUNT_TOKENS
        && !provider.speaks(call.body().dialect(), Operation.COUNT_TOKENS);
  }

  @Override
  public String path() {
    return "messages→estimate";
  }

  @Override
  public Buffer own(Attempt attempt) {
    long tokens = estimator.estimate(attempt.call(), attempt.model(), 0).promptTokens();
    return Buffer.buffer("{\"input_tokens\":" + tokens + "}");
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
