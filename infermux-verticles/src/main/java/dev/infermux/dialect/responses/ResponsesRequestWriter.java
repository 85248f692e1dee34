package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.openai.CallerFields;
import dev.infermux.dialect.openai.ModelTraits;
import dev.infermux.dialect.openai.StrictSchema;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import org.jspecify.annotations.Nullable;

/**
 * Writes a conversation as a request that its provider answers and does not keep; encrypted
 * thoughts are asked for, so that they can come back.
 */
final class ResponsesRequestWriter {

  private static final String VERBOSITY = "verbosity";

  private final Conversation asked;
  private final String model;
  private final Losses losses;
  private final JsonOutput json = new JsonOutput(4096);

  ResponsesRequestWriter(Conversation asked, String model, Losses losses) {
    this.asked = asked;
    this.model = model;
    this.losses = losses;
  }

  JsonOutput body() {
    if (asked.choices() > 1) {
      throw Losses.refused("n", "a response has one answer");
    }
    json.object().field("model", model).field("store", false);
    json.name("include").array().string("reasoning.encrypted_content").endArray();
    if (asked.stream()) {
      json.field("stream", true);
    }
    if (asked.maxTokens() >= 0) {
      json.field("max_output_tokens", asked.maxTokens());
    }
    sampling();
    reasoning();
    text();
    tools();
    CallerFields.write(json, asked, losses);
    asked.own().forEach(this::own);
    json.name("input").array();
    InputWriter input = new InputWriter(json, losses);
    for (Turn turn : asked.turns()) {
      input.turn(turn);
    }
    return json.endArray().endObject();
  }

  private void sampling() {
    Sampling sampling = asked.sampling();
    if (ModelTraits.reasons(model)) {
      lost("temperature", sampling.temperature());
      lost("top_p", sampling.topP());
    } else {
      json.field("temperature", sampling.temperature()).field("top_p", sampling.topP());
    }
    lost("top_k", sampling.topK());
    lost("presence_penalty", sampling.presencePenalty());
    lost("frequency_penalty", sampling.frequencyPenalty());
    lost("seed", sampling.seed());
    if (!asked.stop().isEmpty()) {
      losses.drop("stop");
    }
  }

  private void lost(String name, @Nullable JsonSlice value) {
    if (value != null) {
      losses.drop(name);
    }
  }

  private void reasoning() {
    Reasoning reasoning = asked.reasoning();
    if (reasoning == null) {
      return;
    }
    json.name("reasoning").object();
    if (!reasoning.effort().isEmpty()) {
      json.field("effort", reasoning.effort());
    } else if (reasoning.budgetTokens() >= 0) {
      json.field("effort", effort(reasoning.budgetTokens()));
    }
    if (reasoning.shown()) {
      json.field("summary", "auto");
    }
    json.endObject();
  }

  /** What a budget comes to in words. */
  private static String effort(long tokens) {
    return tokens <= 2048 ? "low" : tokens <= 8192 ? "medium" : "high";
  }

  /** Fields that both APIs of the vendor have, {@code verbosity} at another place. */
  private void own(String name, JsonSlice value) {
    if (!name.equals(VERBOSITY)) {
      json.field(name, value);
      losses.carried(name);
    }
  }

  private void text() {
    OutputFormat format = asked.format();
    JsonSlice verbosity = asked.own().get(VERBOSITY);
    if (format == null && verbosity == null) {
      return;
    }
    json.name("text").object();
    if (format != null) {
      format(format);
    }
    json.field(VERBOSITY, verbosity).endObject();
    losses.carried(VERBOSITY);
  }

  private void format(OutputFormat format) {
    json.name("format").object();
    if (format.schema() == null) {
      json.field("type", "json_object");
    } else {
      json.field("type", "json_schema");
      json.field("name", format.name().isEmpty() ? "answer" : format.name());
      if (format.description() != null) {
        json.field("description", format.description());
      }
      boolean strict =
          StrictSchema.asked(format.strict(), format.schema(), "response_format", losses);
      json.field("strict", strict).field("schema", format.schema());
    }
    json.endObject();
  }

  private void tools() {
    ToolUse use = asked.tools();
    if (use.tools().isEmpty()) {
      return;
    }
    json.name("tools").array();
    use.tools().forEach(this::tool);
    json.endArray();
    switch (use.mode()) {
      case AUTO -> {}
      case NONE -> json.field("tool_choice", "none");
      case REQUIRED -> json.field("tool_choice", "required");
      case NAMED ->
          json.name("tool_choice")
              .object()
              .field("type", "function")
              .field("name", use.only())
              .endObject();
    }
    if (use.parallel() != null) {
      json.field("parallel_tool_calls", use.parallel());
    }
  }

  private void tool(ToolUse.Tool tool) {
    json.object().field("type", "function").field("name", tool.name());
    if (tool.description() != null) {
      json.field("description", tool.description());
    }
    json.field("parameters", tool.schema());
    // Without it the API takes schemas to be strict, which not every schema is.
    boolean strict = Boolean.TRUE.equals(tool.strict());
    json.field("strict", StrictSchema.asked(strict, tool.schema(), "tools", losses)).endObject();
  }

  /** Whether a part is a message's, and no item of its own. */
  static boolean inMessage(ContentPart part) {
    return !(part instanceof ContentPart.ToolCall)
        && !(part instanceof ContentPart.ToolResult)
        && !(part instanceof ContentPart.Thought);
  }
}
