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
 * @param tools the tools that are called; null = none, unless the caller says that one must be
 * @param arguments of these calls, in JSON; null = what fills each tool's schema
 * @param json whether the text is JSON even where the caller has asked for none
 * @param reasoning tokens of reasoning before all else
 */
public record MockContent(
    @Nullable String text,
    int tokens,
    MockUsage usage,
    String finishReason,
    int malformedAfter,
    boolean done,
    @Nullable MockToolCalls tools,
    @Nullable String arguments,
    boolean json,
    int reasoning) {

  /** The default answer. */
  public static final MockContent ECHO =
      new MockContent(null, 0, MockUsage.EXACT, "", -1, true, null, null, false, 0);

  public MockContent withText(@Nullable String text) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withTokens(int tokens) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withUsage(MockUsage usage) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withFinishReason(String finishReason) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withMalformedAfter(int malformedAfter) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withDone(boolean done) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withTools(@Nullable MockToolCalls tools) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withArguments(@Nullable String arguments) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withJson(boolean json) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }

  public MockContent withReasoning(int reasoning) {
    return new MockContent(
        text, tokens, usage, finishReason, malformedAfter, done, tools, arguments, json, reasoning);
  }
}
