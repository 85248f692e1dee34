package dev.infermux.inference;

import org.jspecify.annotations.Nullable;

/**
 * Tokens of one attempt, in buckets that do not overlap; {@code reasoning} alone is a part of
 * {@code output}.
 *
 * @param input prompt tokens that came from no cache
 * @param cacheRead prompt tokens read from the provider's cache
 * @param cacheWrite5m prompt tokens written to a cache that lives five minutes
 * @param cacheWrite1h prompt tokens written to a cache that lives an hour
 * @param output completion tokens, reasoning included
 * @param reasoning the share of {@code output} spent on reasoning
 * @param estimated true when the provider gave no count and the tokens were guessed from text
 * @param terms under which rates they count
 */
public record Usage(
    long input,
    long cacheRead,
    long cacheWrite5m,
    long cacheWrite1h,
    long output,
    long reasoning,
    boolean estimated,
    Terms terms) {

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, false, Terms.STANDARD);

  /** More than any prompt or answer has: a larger number is no report. */
  public static final long MOST_TOKENS = 10_000_000;

  /** A report that cannot be believed: the tokens are guessed, and marked as that. */
  public static final Usage UNBELIEVED = new Usage(0, 0, 0, 0, 0, 0, true, Terms.STANDARD);

  /**
   * What decides about rates beside the counts.
   *
   * @param tier the service tier that the provider names; empty when it names none
   * @param audioIn tokens of sound in the prompt, which have a rate of their own
   * @param audioOut the same of the completion
   * @param billedNanos what the provider itself says that it charges; negative when it does not
   */
  public record Terms(String tier, long audioIn, long audioOut, long billedNanos) {

    /** Nothing is said. */
    public static final Terms STANDARD = new Terms("", 0, 0, -1);

    private Terms after(Terms earlier) {
      return equals(STANDARD)
          ? earlier
          : new Terms(
              tier.isEmpty() ? earlier.tier : tier,
              Math.max(audioIn, earlier.audioIn),
              Math.max(audioOut, earlier.audioOut),
              billedNanos < 0 ? earlier.billedNanos : billedNanos);
    }
  }

  /** The same tokens under other terms. */
  public Usage withTerms(Terms other) {
    return new Usage(
        input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning, estimated, other);
  }

  /** The same tokens in a service tier. */
  public Usage inTier(String tier) {
    return tier.isEmpty()
        ? this
        : withTerms(new Terms(tier, terms.audioIn, terms.audioOut, terms.billedNanos));
  }

  public static Usage reported(long prompt, long completion) {
    return new Usage(prompt, 0, 0, 0, completion, 0, false, Terms.STANDARD);
  }

  /** This report, unless a count of it, or a sum, is more than can be, or less. */
  public Usage believed() {
    boolean each =
        sane(input)
            && sane(cacheRead)
            && sane(cacheWrite5m)
            && sane(cacheWrite1h)
            && sane(output)
            && sane(reasoning)
            && sane(terms.audioIn)
            && sane(terms.audioOut);
    return each && sane(promptTokens()) ? this : UNBELIEVED;
  }

  private static boolean sane(long tokens) {
    return tokens >= 0 && tokens <= MOST_TOKENS;
  }

  /** Four characters a token, rounded up; used only where a provider reports nothing. */
  public static Usage estimated(long promptChars, long completionChars) {
    return new Usage(
        (promptChars + 3) / 4, 0, 0, 0, (completionChars + 3) / 4, 0, true, Terms.STANDARD);
  }

  /**
   * What a provider has counted by now that reports more than once: this, its later report, and of
   * the earlier one whatever the later leaves out altogether, the prompt or the completion. Nothing
   * completes a report that cannot be believed.
   */
  public Usage after(@Nullable Usage earlier) {
    if (earlier == null || (equals(UNBELIEVED) && !earlier.estimated)) {
      return this;
    } else if (promptTokens() > 0 && output > 0) {
      return withTerms(terms.after(earlier.terms));
    }
    return parts(
        promptTokens() > 0 ? this : earlier,
        output > 0 ? this : earlier,
        estimated,
        terms.after(earlier.terms));
  }

  /** The prompt of one count and the completion of another. */
  private static Usage parts(Usage prompt, Usage completion, boolean estimated, Terms terms) {
    return new Usage(
        prompt.input,
        prompt.cacheRead,
        prompt.cacheWrite5m,
        prompt.cacheWrite1h,
        completion.output,
        completion.reasoning,
        estimated,
        terms);
  }

  /** This report with what it leaves out altogether, prompt or completion, as guessed. */
  public Usage or(Usage guess) {
    Usage whole = after(guess);
    return whole.equals(this) ? this : parts(whole, whole, true, whole.terms);
  }

  /**
   * What an attempt took that failed: what its provider reported last, and at least what it is
   * known to have read and written.
   */
  public Usage atLeast(Usage guess) {
    Usage prompt = promptTokens() > 0 ? this : guess;
    Usage completion = output >= guess.output ? this : guess;
    return prompt.equals(this) && completion.equals(this)
        ? this
        : parts(prompt, completion, true, terms);
  }

  /** Both together, for a call that was charged for more than one attempt. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite5m + other.cacheWrite5m,
        cacheWrite1h + other.cacheWrite1h,
        output + other.output,
        reasoning + other.reasoning,
        estimated || other.estimated,
        terms);
  }

  public long promptTokens() {
    return input + cacheRead + cacheWrite5m + cacheWrite1h;
  }

  public long completionTokens() {
    return output;
  }

  public long cachedTokens() {
    return cacheRead;
  }
}
