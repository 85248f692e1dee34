package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Conversation.ToolUse;
import dev.infermux.dialect.chat.Conversation.Turn;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Writes a conversation as a request of {@code /api/chat} or {@code /api/generate}. */
final class OllamaRequestWriter {

  private static final JsonSlice NO_ARGUMENTS =
      JsonSlice.of("{\"type\":\"object\",\"properties\":{}}");

  private final Conversation asked;
  private final Losses losses;
  private final JsonOutput out;

  private OllamaRequestWriter(Conversation asked, Losses losses) {
    this.asked = asked;
    this.losses = losses;
    this.out = new JsonOutput(2048 + attached(asked));
  }

  static byte[] chat(Conversation asked, String model, Losses losses) {
    OllamaRequestWriter writer = new OllamaRequestWriter(asked, losses);
    writer.head(model);
    writer.out.name("messages").array();
    OllamaMessageWriter messages = new OllamaMessageWriter(writer.out, losses);
    asked.turns().forEach(messages::turn);
    writer.out.endArray();
    writer.tools(asked.tools());
    return writer.end();
  }

  static byte[] generate(Conversation asked, String model, Losses losses) {
    OllamaRequestWriter writer = new OllamaRequestWriter(asked, losses);
    writer.head(model);
    writer.prompt();
    if (!asked.tools().tools().isEmpty()) {
      throw Losses.refused("tools", "no place in /api/generate");
    }
    return writer.end();
  }

  private void head(String model) {
    if (asked.choices() > 1) {
      throw Losses.refused("n", "one answer is all that a provider of type ollama gives");
    }
    if (asked.user() != null) {
      losses.drop("user");
    }
    if (asked.serviceTier() != null) {
      losses.drop("service_tier");
    }
    out.object().field("model", model).field("stream", asked.stream());
  }

  private byte[] end() {
    if (asked.format() != null) {
      JsonSlice schema = asked.format().schema();
      out.name("format");
      if (schema == null) {
        out.string("json");
      } else {
        out.value(schema);
      }
    }
    if (asked.reasoning() != null) {
      think(asked.reasoning());
    }
    options();
    return out.endObject().toBytes();
  }

  /** One text of the user's, with instructions before it. */
  private void prompt() {
    List<JsonText> system = new ArrayList<>();
    JsonText prompt = null;
    for (Turn turn : asked.turns()) {
      boolean instructs = turn.role() == Turn.Role.SYSTEM && prompt == null;
      if (!instructs && (turn.role() != Turn.Role.USER || prompt != null)) {
        throw Losses.refused("messages", "more than one prompt for /api/generate");
      }
      for (ContentPart part : turn.parts()) {
        if (!(part instanceof ContentPart.Text text) || (!instructs && prompt != null)) {
          throw Losses.refused("messages", "more than one text for /api/generate");
        }
        if (instructs) {
          system.add(text.text());
        } else {
          prompt = text.text();
        }
      }
    }
    if (prompt == null || prompt.isEmpty()) {
      throw Losses.refused("prompt", "empty, which makes Ollama load a model and say nothing");
    }
    out.field("prompt", prompt);
    if (!system.isEmpty()) {
      out.name("system").openString();
      for (int i = 0; i < system.size(); i++) {
        out.piece(i == 0 ? "" : "\n").piece(system.get(i));
      }
      out.closeString();
    }
  }

  private void tools(ToolUse use) {
    if (use.tools().isEmpty() || use.mode() == ToolUse.Mode.NONE) {
      return;
    }
    if (use.mode() != ToolUse.Mode.AUTO) {
      losses.drop("tool_choice");
    }
    if (Boolean.FALSE.equals(use.parallel())) {
      losses.drop("parallel_tool_calls");
    }
    out.name("tools").array();
    for (ToolUse.Tool tool : use.tools()) {
      if (Boolean.TRUE.equals(tool.strict())) {
        losses.drop("tools.strict");
      }
      out.object().field("type", "function").name("function").object().field("name", tool.name());
      if (tool.description() != null) {
        out.field("description", tool.description());
      }
      out.field("parameters", tool.schema() == null ? NO_ARGUMENTS : tool.schema());
      out.endObject().endObject();
    }
    out.endArray();
  }

  private void think(Reasoning reasoning) {
    if (reasoning.budgetTokens() >= 0) {
      losses.drop("thinking.budget_tokens");
    }
    String effort = reasoning.effort();
    switch (effort) {
      case "" -> {
        if (reasoning.budgetTokens() >= 0 || reasoning.shown()) {
          out.field("think", true);
        }
      }
      case "none" -> out.field("think", false);
      case "minimal" -> out.field("think", "low");
      case "xhigh" -> out.field("think", "max");
      default -> out.field("think", effort);
    }
  }

  private void options() {
    Sampling sampling = asked.sampling();
    JsonOutput options = new JsonOutput(128).object();
    if (asked.maxTokens() > 0) {
      options.field("num_predict", asked.maxTokens());
    }
    options.field("temperature", sampling.temperature());
    options.field("top_p", sampling.topP());
    options.field("top_k", sampling.topK());
    options.field("presence_penalty", sampling.presencePenalty());
    options.field("frequency_penalty", sampling.frequencyPenalty());
    options.field("seed", sampling.seed());
    if (!asked.stop().isEmpty()) {
      options.name("stop").array();
      asked.stop().forEach(options::string);
      options.endArray();
    }
    JsonSlice written = options.endObject().slice();
    if (written.length() > 2) {
      out.name("options").value(written);
    }
  }

  /** Bytes of attachments, so that what is large is copied once. */
  private static int attached(Conversation asked) {
    int bytes = 0;
    for (Turn turn : asked.turns()) {
      for (ContentPart part : turn.parts()) {
        if (part instanceof ContentPart.Image image
            && image.source() instanceof ContentPart.Source.Inline inline) {
          bytes += inline.base64().length() + 16;
        } else if (part instanceof ContentPart.Text text) {
          bytes += text.text().length() + 64;
        }
      }
    }
    return bytes;
  }
}
