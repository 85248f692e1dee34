package dev.infermux.dialect.chat;

import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * The same, if what must be called is offered.
   *
   * @throws dev.infermux.inference.InferenceException when it is not: it was left out, perhaps
   */
  public ToolUse callable() {
    boolean offered =
        switch (mode) {
          case AUTO, NONE -> true;
          case REQUIRED -> !tools.isEmpty();
          case NAMED -> tools.stream().anyMatch(tool -> tool.name().equals(only));
        };
    if (!offered) {
      throw Losses.refused("tool_choice", "no function among the tools that could be called");
    }
    return this;
  }

  /**
   * A function that the caller runs.
   *
   * @param schema of its arguments, an object with properties
   * @param strict whether arguments must follow the schema to the letter; null = not said
   */
  public record Tool(
      String name, @Nullable JsonText description, JsonSlice schema, @Nullable Boolean strict) {

    /**
     * A function of which is known what its caller says.
     *
     * @param schema null = no arguments; what other APIs miss in it is added
     */
    public static Tool of(
        String name,
        @Nullable JsonText description,
        @Nullable JsonSlice schema,
        @Nullable Boolean strict) {
      return new Tool(name, description, ArgumentsSchema.whole(schema), strict);
    }
  }
}
