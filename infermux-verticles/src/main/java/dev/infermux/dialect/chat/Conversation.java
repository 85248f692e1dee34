package dev.infermux.dialect.chat;

import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat's request asks. Texts and JSON are views of the request's own bytes, so that nothing
 * large is decoded or copied before it is written in another dialect.
 *
 * @param turns in order; instructions stand where the caller put them
 * @param format null = plain text
 * @param reasoning null = as the provider likes
 * @param maxTokens the longest answer; -1 = not given
 * @param choices how many answers are wanted
 * @param stop texts that end the answer
 * @param user whom the caller says it asks for; null = not given
 * @param serviceTier null = not given
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
    boolean showsUsage) {

  public Conversation {
    turns = List.copyOf(turns);
    stop = List.copyOf(stop);
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

  /** One participant's part of a conversation. Results of tools are parts of the user's turns. */
  public record Turn(Role role, List<ContentPart> parts) {

    public Turn {
      parts = List.copyOf(parts);
    }

    /** Who speaks. */
    public enum Role {
      /** The program, to the model: {@code system} and {@code developer}. */
      SYSTEM,
      USER,
      ASSISTANT
    }
  }

  /**
   * The tools that a chat's model may call.
   *
   * @param mode whether it must
   * @param only the one tool that it must call; empty = any
   * @param parallel whether several calls in one answer are welcome; null = not said
   */
  public record ToolUse(List<Tool> tools, Mode mode, String only, @Nullable Boolean parallel) {

    public static final ToolUse NONE = new ToolUse(List.of(), Mode.AUTO, "", null);

    public ToolUse {
      tools = List.copyOf(tools);
    }

    /** Whether tools must be called. */
    public enum Mode {
      AUTO,
      NONE,
      /** At least one. */
      REQUIRED,
      /** The one that is named. */
      NAMED
    }

    /**
     * A function that the caller runs.
     *
     * @param schema of its arguments, an object; null = none
     * @param strict whether arguments must follow the schema to the letter; null = not said
     */
    public record Tool(
        String name,
        @Nullable JsonText description,
        @Nullable JsonSlice schema,
        @Nullable Boolean strict) {}
  }
}
