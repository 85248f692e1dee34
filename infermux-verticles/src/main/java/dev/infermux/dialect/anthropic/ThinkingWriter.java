package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.dialect.chat.ToolUse.Mode;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes how much a model thinks, in the way that its generation takes, and the answer's shape. */
final class ThinkingWriter {

  private static final String REASONING = "reasoning_effort";

  /** Such as {@code claude-opus-4-5-20251101}, with any prefix of a vendor. */
  private static final Pattern NEW_NAME =
      Pattern.compile(".*claude-([a-z]+)-(\\d{1,2})(?:[-.](\\d{1,2})(?!\\d))?.*");

  private static final Pattern OLD_NAME = Pattern.compile(".*claude-(?:instant|2|3).*");
  private static final Pattern THINKS = Pattern.compile(".*claude-3-7.*");
  private static final long LEAST_BUDGET = 1_024;

  private final JsonOutput json;
  private final Losses losses;
  private final String model;
  private final long maxTokens;

  ThinkingWriter(JsonOutput json, Losses losses, String model, long maxTokens) {
    this.json = json;
    this.losses = losses;
    this.model = model;
    this.maxTokens = maxTokens;
  }

  /**
   * Writes what was asked.
   *
   * @param turns as they are sent
   * @param schema of the answer, or null
   */
  void write(Conversation asked, List<Turn> turns, @Nullable JsonSlice schema) {
    Reasoning reasoning = asked.reasoning();
    String effort = "";
    if (reasoning != null) {
      if (reasoning.effort().equals("none")) {
        none();
      } else if (forced(asked)) {
        // Anthropic refuses to think where a tool must be called.
        losses.drop(REASONING);
      } else if (adaptive()) {
        effort = effort(reasoning);
        json.name("thinking").object().field("type", "adaptive");
        if (reasoning.shown()) {
          json.field("display", "summarized");
        }
        json.endObject();
      } else {
        budget(reasoning, turns);
      }
    }
    output(effort, schema);
  }

  private static boolean forced(Conversation asked) {
    Mode mode = asked.tools().mode();
    return !asked.tools().tools().isEmpty() && (mode == Mode.REQUIRED || mode == Mode.NAMED);
  }

  /** Models that think by themselves unless told not to; one of them cannot be told. */
  private void none() {
    if (model.contains("sonnet-5-5")) {
      json.name("thinking").object().field("type", "between_tools").endObject();
    } else if (model.contains("opus-5-5")) {
      losses.drop(REASONING);
    } else if (adaptive()) {
      json.name("thinking").object().field("type", "disabled").endObject();
    }
  }

  /** From 4.6 on, models are told an effort; what has another name is taken to be new. */
  private boolean adaptive() {
    if (OLD_NAME.matcher(model).matches()) {
      return false;
    }
    Matcher name = NEW_NAME.matcher(model);
    if (!name.matches()) {
      return true;
    }
    int major = Integer.parseInt(name.group(2));
    int minor = name.group(3) == null ? 0 : Integer.parseInt(name.group(3));
    return major > 4 || (major == 4 && minor >= 6);
  }

  private static String effort(Reasoning reasoning) {
    return switch (reasoning.effort()) {
      case "minimal", "low" -> "low";
      case "medium", "high", "xhigh", "max" -> reasoning.effort();
      default -> "";
    };
  }

  /** Older models are told how many tokens they may think, and go on only from thoughts. */
  private void budget(Reasoning reasoning, List<Turn> turns) {
    boolean thinks = !OLD_NAME.matcher(model).matches() || THINKS.matcher(model).matches();
    if (!thinks || maxTokens <= LEAST_BUDGET || goesOnWithoutThought(turns)) {
      losses.drop(REASONING);
      return;
    }
    long wanted = reasoning.budgetTokens() > 0 ? reasoning.budgetTokens() : tokens(reasoning);
    long budget = Math.max(LEAST_BUDGET, Math.min(wanted, maxTokens - 1));
    json.name("thinking").object().field("type", "enabled").field("budget_tokens", budget);
    json.endObject();
  }

  private static long tokens(Reasoning reasoning) {
    return switch (reasoning.effort()) {
      case "minimal" -> LEAST_BUDGET;
      case "low" -> 2_048;
      case "high" -> 16_384;
      case "xhigh" -> 24_576;
      case "max" -> 31_999;
      default -> 8_192;
    };
  }

  /** Whether the last turn is results of a turn whose thoughts did not come along. */
  private static boolean goesOnWithoutThought(List<Turn> turns) {
    if (turns.size() < 2
        || turns.get(turns.size() - 1).parts().stream()
            .noneMatch(ContentPart.ToolResult.class::isInstance)) {
      return false;
    }
    return turns.get(turns.size() - 2).parts().stream()
        .noneMatch(
            part ->
                part instanceof ContentPart.Thought thought
                    && (Seals.of(MessageBlockReader.SIGNED, thought.seal()) != null
                        || Seals.of(MessageBlockReader.REDACTED, thought.seal()) != null));
  }

  private void output(String effort, @Nullable JsonSlice schema) {
    if (effort.isEmpty() && schema == null) {
      return;
    }
    json.name("output_config").object();
    if (!effort.isEmpty()) {
      json.field("effort", effort);
    }
    if (schema != null) {
      json.name("format").object().field("type", "json_schema").field("schema", schema);
      json.endObject();
    }
    json.endObject();
  }
}
