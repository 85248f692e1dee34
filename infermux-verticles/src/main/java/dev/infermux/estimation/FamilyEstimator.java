package dev.infermux.estimation;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.Usage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Counts prompts as OpenAI's models do where their tokenizer is known, and four characters a token
 * elsewhere.
 *
 * <p>Completions are always four characters a token: their text is not kept, only its length. Until
 * a tokenizer is loaded, which the first estimate for its family sets off, prompts are as well.
 */
public final class FamilyEstimator implements TokenEstimator {

  /** Null where the program does not bring them. */
  private final @Nullable Tokenizers tokenizers;

  /**
   * An estimator that has loaded nothing yet.
   *
   * @param loader runs what takes half a second, once for each tokenizer
   */
  public FamilyEstimator(Executor loader) {
    this.tokenizers = Tokenizers.ifPresent(loader);
  }

  @Override
  public Usage estimate(Call call, String model, long completionChars) {
    long completion = completionTokens(call.body().facts(), completionChars);
    return new Usage(promptTokens(call, model), 0, 0, 0, completion, 0, true, Usage.Terms.STANDARD);
  }

  /** Never more than the caller allowed: a budget's reservation covers no more. */
  private static long completionTokens(BodyFacts facts, long completionChars) {
    long guess = (completionChars + 3) / 4;
    long each = facts.maxTokens();
    return each < 0 || each >= guess
        ? guess
        : Math.min(guess, each * Math.min(guess, facts.billedChoices()));
  }

  private long promptTokens(Call call, String model) {
    if (tokenizers == null) {
      return call.body().facts().promptTokens();
    }
    TokenFamily family = TokenFamily.of(model);
    Tokenizer tokenizer = family == null ? null : tokenizers.loaded(family);
    return tokenizer == null
        ? call.body().facts().promptTokens()
        : PromptTokens.count(call.body(), tokenizer);
  }
}
