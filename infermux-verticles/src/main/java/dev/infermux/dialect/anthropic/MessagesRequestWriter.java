package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.ToolUse.Tool;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a request: instructions at the top, turns that take turns, results of tools first. */
final class MessagesRequestWriter {

  private static final JsonText JSON_ONLY =
      JsonText.of("Answer with a single JSON object and with nothing else.");

  private final JsonOutput json;
  private final Conversation asked;
  private final String model;
  private final long maxTokens;
  private final Losses losses;

  MessagesRequestWriter(Conversation asked, String model, long maxTokens, Losses losses) {
    this.json = new JsonOutput(4_096);
    this.asked = asked;
    this.model = model;
    this.maxTokens = maxTokens;
    this.losses = losses;
  }

  byte[] bytes() {
    if (asked.choices() > 1) {
      throw Losses.refused("n", "Anthropic gives one answer (expected: 1)");
    }
    List<Turn> turns = MessageTurns.of(asked.turns());
    json.object().field("model", model).field("max_tokens", maxTokens);
    if (asked.stream()) {
      json.field("stream", true);
    }
    system();
    json.name("messages").array();
    MessageBlockWriter blocks = new MessageBlockWriter(json, losses);
    for (int i = 0; i < turns.size(); i++) {
      blocks.turn(turns.get(i), i == turns.size() - 1);
    }
    json.endArray();
    tools();
    new ThinkingWriter(json, losses, model, maxTokens).write(asked, turns, schema());
    stop();
    rest();
    return json.endObject().toBytes();
  }

  private void system() {
    List<JsonText> texts = new ArrayList<>();
    for (Turn turn : asked.turns()) {
      for (ContentPart part : turn.role() == Role.SYSTEM ? turn.parts() : List.<ContentPart>of()) {
        if (part instanceof ContentPart.Text text) {
          if (!text.text().isBlank()) {
            texts.add(text.text());
          }
        } else {
          losses.drop("messages.system");
        }
      }
    }
    OutputFormat format = asked.format();
    if (format != null && format.schema() == null) {
      texts.add(JSON_ONLY);
    }
    if (!texts.isEmpty()) {
      json.name("system").array();
      for (JsonText text : texts) {
        json.object().field("type", "text").field("text", text).endObject();
      }
      json.endArray();
    }
  }

  private void tools() {
    ToolUse tools = asked.tools();
    if (tools.tools().isEmpty()) {
      return;
    }
    json.name("tools").array();
    for (Tool tool : tools.tools()) {
      json.object().field("name", tool.name());
      JsonText description = tool.description();
      if (description != null) {
        json.field("description", description);
      }
      Boolean strict = tool.strict();
      json.field("input_schema", schema(tool, Boolean.TRUE.equals(strict)));
      if (strict != null) {
        json.field("strict", strict);
      }
      json.endObject();
    }
    json.endArray();
    choice(tools);
  }

  private JsonSlice schema(Tool tool, boolean strict) {
    JsonSlice schema = tool.schema();
    return strict ? ClosedSchema.of(schema, "tools.schema", losses) : schema;
  }

  private void choice(ToolUse tools) {
    boolean single = Boolean.FALSE.equals(tools.parallel());
    String type =
        switch (tools.mode()) {
          case AUTO -> single ? "auto" : "";
          case NONE -> "none";
          case REQUIRED -> "any";
          case NAMED -> "tool";
        };
    if (type.isEmpty()) {
      return;
    }
    json.name("tool_choice").object().field("type", type);
    if (type.equals("tool")) {
      json.field("name", tools.only());
    }
    if (single && !type.equals("none")) {
      json.field("disable_parallel_tool_use", true);
    }
    json.endObject();
  }

  private @Nullable JsonSlice schema() {
    OutputFormat format = asked.format();
    JsonSlice schema = format == null ? null : format.schema();
    if (format == null || schema == null) {
      return null;
    }
    if (format.description() != null) {
      losses.drop("response_format.description");
    }
    return ClosedSchema.of(schema, "response_format.schema", losses);
  }

  private void stop() {
    List<String> texts = asked.stop().stream().filter(text -> !text.isBlank()).toList();
    if (!texts.isEmpty()) {
      json.name("stop_sequences").array();
      texts.forEach(json::string);
      json.endArray();
    }
  }

  private void rest() {
    String user = asked.user();
    if (user != null) {
      json.name("metadata").object().field("user_id", user).endObject();
    }
    String tier = asked.serviceTier();
    if (tier != null) {
      switch (tier) {
        case "auto" -> json.field("service_tier", "auto");
        case "default" -> json.field("service_tier", "standard_only");
        default -> losses.drop("service_tier");
      }
    }
    Sampling sampling = asked.sampling();
    dropped("temperature", sampling.temperature());
    dropped("top_p", sampling.topP());
    dropped("top_k", sampling.topK());
    dropped("presence_penalty", sampling.presencePenalty());
    dropped("frequency_penalty", sampling.frequencyPenalty());
    dropped("seed", sampling.seed());
  }

  private void dropped(String field, @Nullable JsonSlice value) {
    if (value != null) {
      losses.drop(field);
    }
  }
}
