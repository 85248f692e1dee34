package dev.infermux.mock.script;

import dev.infermux.inference.Usage;
import org.jspecify.annotations.Nullable;

/** What an answer says of its tokens. */
public sealed interface MockUsage {

  MockUsage EXACT = new Exact();
  MockUsage NONE = new None();
  MockUsage WRONG = new Wrong();

  /** The report on so many tokens; null = none is made. */
  @Nullable Usage report(long prompt, long completion);

  /** The truth. */
  record Exact() implements MockUsage {
    @Override
    public Usage report(long prompt, long completion) {
      return Usage.reported(prompt, completion);
    }
  }

  /** Nothing. */
  record None() implements MockUsage {
    @Override
    public @Nullable Usage report(long prompt, long completion) {
      return null;
    }
  }

  /** Ten times the truth. */
  record Wrong() implements MockUsage {
    @Override
    public Usage report(long prompt, long completion) {
      return Usage.reported(prompt * 10, completion * 10);
    }
  }

  /** These counts, independent of the text. */
  record Given(long prompt, long completion) implements MockUsage {
    @Override
    public Usage report(long realPrompt, long realCompletion) {
      return Usage.reported(prompt, completion);
    }
  }
}
