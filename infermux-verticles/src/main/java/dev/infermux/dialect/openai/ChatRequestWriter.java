package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as a chat's request, which asks a stream for its usage. */
final class ChatRequestWriter {

  /** OpenAI refuses more stop sequences. */
  private static final int MOST_STOPS = 4;

  private static final int LOW_BUDGET = 4_096;
  private static final int MEDIUM_BUDGET = 16_384;

  private final Conversation asked;
  private final String model;
  private final Losses losses;
  private final JsonOutput out;

  ChatRequestWriter(Conversation asked, String model, Losses losses) {
    this.asked = asked;
    this.model = model;
    this.losses = losses;
    this.out = new JsonOutput(ContentSize.of(asked));
  }

  byte[] bytes() {
    out.object().field("model", model).name("messages").array();
    new MessagesWriter(out, model, losses).turns(asked.turns());
    out.endArray();
    tools(asked.tools());
    if (asked.format() != null) {
      format(asked.format());
    }
    limits();
    sampling(asked.sampling());
    effort(asked.reasoning());
    CallerFields.write(out, asked, losses);
    if (asked.stream()) {
      out.field("stream", true);
      out.name("stream_options").object().field("include_usage", true).endObject();
    }
    return out.endObject().toBytes();
  }

  private void tools(ToolUse use) {
    if (use.tools().isEmpty()) {
      return;
    }
    out.name("tools").array();
    for (ToolUse.Tool tool : use.tools()) {
      tool(tool);
    }
    out.endArray();
    switch (use.mode()) {
      case AUTO -> out.field("tool_choice", "auto");
      case NONE -> out.field("tool_choice", "none");
      case REQUIRED -> out.field("tool_choice", "required");
      case NAMED -> {
        out.name("tool_choice").object().field("type", "function").name("function");
        out.object().field("name", use.only()).endObject().endObject();
      }
    }
    if (use.parallel() != null) {
      out.field("parallel_tool_calls", use.parallel());
    }
  }

  private void tool(ToolUse.Tool tool) {
    out.object().field("type", "function").name("function").object().field("name", tool.name());
    if (tool.description() != null) {
      out.field("description", tool.description());
    }
    out.field("parameters", tool.schema());
    if (tool.strict() != null) {
      out.field("strict", StrictSchema.asked(tool.strict(), tool.schema(), "tools", losses));
    }
    out.endObject().endObject();
  }

  private void format(OutputFormat format) {
    out.name("response_format").object();
    if (format.schema() == null) {
      out.field("type", "json_object").endObject();
      return;
    }
    out.field("type", "json_schema").name("json_schema").object();
    out.field("name", format.name().isEmpty() ? "answer" : format.name());
    if (format.description() != null) {
      out.field("description", format.description());
    }
    boolean strict =
        StrictSchema.asked(format.strict(), format.schema(), "response_format", losses);
    out.field("schema", format.schema()).field("strict", strict).endObject().endObject();
  }

  private void limits() {
    if (asked.maxTokens() >= 0) {
      String name = ModelTraits.reasons(model) ? "max_completion_tokens" : "max_tokens";
      out.field(name, asked.maxTokens());
    }
    if (asked.choices() > 1) {
      out.field("n", asked.choices());
    }
    List<String> stops = asked.stop();
    if (stops.isEmpty()) {
      return;
    }
    if (stops.size() > MOST_STOPS || !ModelTraits.takesStop(model)) {
      losses.drop("stop");
      stops = ModelTraits.takesStop(model) ? stops.subList(0, MOST_STOPS) : List.of();
    }
    if (!stops.isEmpty()) {
      out.name("stop").array();
      stops.forEach(out::string);
      out.endArray();
    }
  }

  private void sampling(Sampling sampling) {
    boolean fixed = ModelTraits.reasons(model);
    number("temperature", sampling.temperature(), fixed);
    number("top_p", sampling.topP(), fixed);
    number("top_k", sampling.topK(), true);
    number("presence_penalty", sampling.presencePenalty(), fixed);
    number("frequency_penalty", sampling.frequencyPenalty(), fixed);
    number("seed", sampling.seed(), false);
  }

  private void number(String name, @Nullable JsonSlice value, boolean unknown) {
    if (value == null) {
      return;
    }
    if (unknown) {
      losses.drop(name);
    } else {
      out.field(name, value);
    }
  }

  private void effort(@Nullable Reasoning reasoning) {
    String effort = reasoning == null ? "" : effortOf(reasoning);
    if (effort.isEmpty()) {
      return;
    }
    if (ModelTraits.takesEffort(model)) {
      out.field("reasoning_effort", effort);
    } else if (!effort.equals("none")) {
      losses.drop("reasoning");
    }
  }

  private static String effortOf(Reasoning reasoning) {
    long budget = reasoning.budgetTokens();
    if (!reasoning.effort().isEmpty() || budget < 0) {
      return reasoning.effort();
    }
    return budget <= LOW_BUDGET ? "low" : budget <= MEDIUM_BUDGET ? "medium" : "high";
  }
}
