package dev.infermux.mock.script;

import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.How;
import dev.infermux.mock.script.MockOutcome.Refuses;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one answer is given: begin with one of the static methods and refine, or {@link #parse} the
 * same in words, such as {@code status-503+retry-after-2s} or {@code first-token-1s+cut-after-5}.
 * Immutable.
 */
public record MockBehaviour(MockOutcome outcome, MockTiming timing, MockContent content) {

  private static final MockBehaviour OK =
      new MockBehaviour(MockOutcome.ANSWERS, MockTiming.NONE, MockContent.ECHO);

  /**
   * Reads words joined by {@code +}; docs/mock.md has them all.
   *
   * @throws MockSyntaxException with what is wrong and what would not be
   */
  public static MockBehaviour parse(String text) {
    return BehaviourText.parse(text);
  }

  /** A whole answer at once that says {@code mock:} and the caller's last words. */
  public static MockBehaviour ok() {
    return OK;
  }

  /** An error of this status, 300 to 599. */
  public static MockBehaviour status(int status) {
    if (status < 300 || status > 599) {
      throw new MockSyntaxException(String.valueOf(status), "a status from 300 to 599");
    }
    return OK.ending(new Refuses(status, "", null));
  }

  /** The request is taken and never answered. */
  public static MockBehaviour hang() {
    return breaks(How.SILENCE, Breaks.BEFORE_HEAD);
  }

  /** The connection is torn down before a head. */
  public static MockBehaviour reset() {
    return breaks(How.RESET, Breaks.BEFORE_HEAD);
  }

  /** The connection is closed before a head. */
  public static MockBehaviour close() {
    return breaks(How.CUT, Breaks.BEFORE_HEAD);
  }

  /** A success that is none of what the dialect promises. */
  public static MockBehaviour malformed() {
    return OK.ending(MockOutcome.GARBAGE);
  }

  /** The connection is closed after so many tokens. */
  public static MockBehaviour cutAfter(int tokens) {
    return breaks(How.CUT, tokens);
  }

  /** The connection is torn down after so many tokens. */
  public static MockBehaviour resetAfter(int tokens) {
    return breaks(How.RESET, tokens);
  }

  /** Nothing more comes after so many tokens. */
  public static MockBehaviour stallAfter(int tokens) {
    return breaks(How.SILENCE, tokens);
  }

  /** An error inside a 200, after so many tokens. */
  public static MockBehaviour errorAfter(int tokens) {
    return breaks(How.ERROR, tokens);
  }

  private static MockBehaviour breaks(How how, int after) {
    return OK.ending(new Breaks(how, after, ""));
  }

  MockBehaviour ending(MockOutcome outcome) {
    return new MockBehaviour(outcome, timing, content);
  }

  /** The {@code Retry-After} of an error status. */
  public MockBehaviour retryAfter(Duration wait) {
    if (outcome instanceof Refuses refuses) {
      return ending(new Refuses(refuses.status(), refuses.code(), wait));
    }
    throw new MockSyntaxException("retry-after without a status", "status-N+retry-after-D");
  }

  /** The error code of an error status, or of an error inside a 200. */
  public MockBehaviour code(String code) {
    if (outcome instanceof Refuses refuses) {
      return ending(new Refuses(refuses.status(), code, refuses.retryAfter()));
    } else if (outcome instanceof Breaks breaks && breaks.how() == How.ERROR) {
      return ending(new Breaks(How.ERROR, breaks.after(), code));
    }
    throw new MockSyntaxException("code without an error", "status-N+code-C or error+code-C");
  }

  /** The wait before the head. */
  public MockBehaviour latency(Duration wait) {
    return timed(new MockTiming(wait, timing.firstToken(), timing.pace(), timing.jitter()));
  }

  /** The wait between head and first token. */
  public MockBehaviour firstToken(Duration wait) {
    return timed(new MockTiming(timing.latency(), wait, timing.pace(), timing.jitter()));
  }

  /** The wait between two tokens. */
  public MockBehaviour pace(Duration wait) {
    return timed(new MockTiming(timing.latency(), timing.firstToken(), wait, timing.jitter()));
  }

  /** By how much each wait is longer at most; how much it is, the seed decides. */
  public MockBehaviour jitter(Duration most) {
    return timed(new MockTiming(timing.latency(), timing.firstToken(), timing.pace(), most));
  }

  private MockBehaviour timed(MockTiming timing) {
    return new MockBehaviour(outcome, timing, content);
  }

  /** What the answer says. */
  public MockBehaviour text(@Nullable String text) {
    return saying(content.withText(text));
  }

  /** An answer of so many tokens. */
  public MockBehaviour tokens(int tokens) {
    return saying(content.withTokens(tokens));
  }

  public MockBehaviour usage(MockUsage usage) {
    return saying(content.withUsage(usage));
  }

  public MockBehaviour finishReason(String reason) {
    return saying(content.withFinishReason(reason));
  }

  /** A chunk that is no JSON after so many tokens; the stream goes on. */
  public MockBehaviour malformedAfter(int tokens) {
    return saying(content.withMalformedAfter(tokens));
  }

  /** A stream without its last event. */
  public MockBehaviour noDone() {
    return saying(content.withDone(false));
  }

  /** Calls of the first so many tools that the request has. */
  public MockBehaviour toolCalls(int count) {
    return tools(new MockToolCalls(count, List.of()));
  }

  /** Calls of these tools of the request. */
  public MockBehaviour toolCalls(String... names) {
    return tools(new MockToolCalls(1, List.of(names)));
  }

  MockBehaviour tools(MockToolCalls calls) {
    return saying(content.withTools(calls));
  }

  /** The arguments of these calls, in JSON. */
  public MockBehaviour arguments(String json) {
    return saying(content.withArguments(json));
  }

  /** JSON as text, even where the caller asks for none. */
  public MockBehaviour schema() {
    return saying(content.withJson(true));
  }

  /** So many tokens of reasoning before all else. */
  public MockBehaviour reasoning(int tokens) {
    return saying(content.withReasoning(tokens));
  }

  private MockBehaviour saying(MockContent content) {
    return new MockBehaviour(outcome, timing, content);
  }

  /** In words, as {@link #parse} reads them. */
  @Override
  public String toString() {
    return BehaviourText.write(this);
  }
}
