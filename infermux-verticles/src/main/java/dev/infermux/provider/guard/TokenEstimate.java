package dev.infermux.provider.guard;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;

/** What an attempt will take of a rate limit, as far as its request shows. */
public final class TokenEstimate {

  private TokenEstimate() {}

  /** Prompt tokens, four characters each, and the completion where the caller named its maximum. */
  public static long of(Call call) {
    BodyFacts facts = call.body().facts();
    return (facts.textLength() + 3) / 4 + Math.max(0, facts.maxTokens());
  }
}
