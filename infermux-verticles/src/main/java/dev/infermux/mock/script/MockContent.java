package dev.infermux.mock.script;

import org.jspecify.annotations.Nullable;

/**
 * What an answer says.
 *
 * @param text null = {@code mock:} and the caller's last words
 * @param tokens the number of tokens instead of a text; 0 = the text decides
 * @param finishReason empty = {@code stop}, or {@code length} when the caller's maximum cut it
 * @param malformedAfter tokens after which a chunk is no JSON; negative = all are sound
 * @param done whether a stream ends with the event that says so
 */
public record MockContent(
    @Nullable String text,
    int tokens,
    MockUsage usage,
    String finishReason,
    int malformedAfter,
    boolean done) {

  /** The default answer. */
  public static final MockContent ECHO = new MockContent(null, 0, MockUsage.EXACT, "", -1, true);

  public MockContent withText(@Nullable String text) {
    return new MockContent(text, tokens, usage, finishReason, malformedAfter, done);
  }

  public MockContent withTokens(int tokens) {
    return new MockContent(text, tokens, usage, finishReason, malformedAfter, done);
  }

  public MockContent withUsage(MockUsage usage) {
    return new MockContent(text, tokens, usage, finishReason, malformedAfter, done);
  }

  public MockContent withFinishReason(String finishReason) {
    return new MockContent(text, tokens, usage, finishReason, malformedAfter, done);
  }

  public MockContent withMalformedAfter(int malformedAfter) {
    return new MockContent(text, tokens, usage, finishReason, malformedAfter, done);
  }

  public MockContent withDone(boolean done) {
    return new MockContent(text, tokens, usage, finishReason, malformedAfter, done);
  }
}
