package dev.infermux.dialect.chat;

import dev.infermux.json.JsonSlice;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat's request asks. Texts and JSON are views of the request's own bytes, so that nothing
 * large is decoded or copied before it is written in another dialect.
 *
 * @param turns in order; instructions stand where the caller put them, but never between a call of
 *     a tool and its result
 * @param format null = plain text
 * @param reasoning null = as the provider likes
 * @param maxTokens the longest answer; -1 = not given
 * @param choices how many answers are wanted
 * @param stop texts that end the answer
 * @param user whom the caller says it asks for; null = not given
 * @param serviceTier null = not given
 * @param own fields that only the caller's vendor knows, by their names in its chats, and that its
 *     other API takes as they are; they are told as lost where nobody carries them
 */
public record Conversation(
    List<Turn> turns,
    ToolUse tools,
    Sampling sampling,
    @Nullable OutputFormat format,
    @Nullable Reasoning reasoning,
    long maxTokens,
    long choices,
    List<String> stop,
    @Nullable String user,
    @Nullable String serviceTier,
    boolean stream,
    boolean showsUsage,
    Map<String, JsonSlice> own) {

  public Conversation {
    turns = List.copyOf(AnsweredCalls.inOrder(turns));
    stop = List.copyOf(stop);
    own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
  }

  /** The same with other turns and tools. */
  public Conversation with(List<Turn> newTurns, ToolUse newTools) {
    return new Conversation(
        newTurns,
        newTools,
        sampling,
        format,
        reasoning,
        maxTokens,
        choices,
        stop,
        user,
        serviceTier,
        stream,
        showsUsage,
        own);
  }

  /**
   * Numbers that steer the choice of tokens, as they are spelt; null = not given.
   *
   * @param seed makes answers repeatable
   */
  public record Sampling(
      @Nullable JsonSlice temperature,
      @Nullable JsonSlice topP,
      @Nullable JsonSlice topK,
      @Nullable JsonSlice presencePenalty,
      @Nullable JsonSlice frequencyPenalty,
      @Nullable JsonSlice seed) {

    public static final Sampling NONE = new Sampling(null, null, null, null, null, null);
  }

  /**
   * How much the model shall think.
   *
   * @param effort {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high}, {@code
   *     xhigh}, {@code max}; empty = not said
   * @param budgetTokens the most it may think; -1 = not said
   * @param shown whether the caller wants to read the thinking or a summary of it
   */
  public record Reasoning(String effort, long budgetTokens, boolean shown) {}

  /**
   * The shape that the answer must have.
   *
   * @param schema null = any JSON object
   * @param name empty = none
   */
  public record OutputFormat(
      @Nullable JsonSlice schema, String name, @Nullable String description, boolean strict) {}
}
