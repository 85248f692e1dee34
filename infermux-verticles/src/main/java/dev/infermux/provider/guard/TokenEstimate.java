package dev.infermux.provider.guard;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Call;
import dev.infermux.inference.End;
import dev.infermux.inference.Usage;

/** What a call takes of a rate limit: as far as its request shows, and once it has ended. */
public final class TokenEstimate {

  private TokenEstimate() {}

  /** Prompt tokens, four characters each, and the completion where the caller named its maximum. */
  public static long of(Call call) {
    BodyFacts facts = call.body().facts();
    return (facts.textLength() + 3) / 4 + Math.max(0, facts.maxTokens());
  }

  /** Tokens of the prompt and of what was written: as reported, else four characters each. */
  public static long taken(Call call, End end) {
    Usage reported = end.usage();
    Usage usage =
        reported == null
            ? Usage.estimated(call.body().facts().textLength(), end.contentChars())
            : reported;
    return usage.promptTokens() + usage.completionTokens();
  }
}
