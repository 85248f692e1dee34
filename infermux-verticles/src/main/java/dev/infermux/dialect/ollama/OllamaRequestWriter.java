package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;

/** Writes a conversation as a request of {@code /api/chat} or {@code /api/generate}. */
final class OllamaRequestWriter {

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
    OllamaToolWriter.write(asked.tools(), writer.out, losses);
    return writer.end();
  }

  static byte[] generate(Conversation asked, String model, Losses losses) {
    OllamaRequestWriter writer = new OllamaRequestWriter(asked, losses);
    writer.head(model);
    OllamaPromptWriter.write(asked, writer.out);
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
    OllamaOptionsWriter.write(asked, out);
    return out.endObject().toBytes();
  }

  /** A model that can think does so unasked, and one that cannot is only refused if it is asked. */
  private void think(Reasoning reasoning) {
    if (reasoning.budgetTokens() >= 0) {
      losses.drop("thinking.budget_tokens");
    }
    switch (reasoning.effort()) {
      case "" -> {}
      case "none" -> out.field("think", false);
      case "minimal" -> out.field("think", "low");
      case "xhigh" -> out.field("think", "max");
      default -> out.field("think", reasoning.effort());
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
