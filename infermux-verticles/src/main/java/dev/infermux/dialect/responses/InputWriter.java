package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes turns as the items of an input. */
final class InputWriter {

  private final JsonOutput json;
  private final Losses losses;

  /** Whether a message is open. */
  private boolean open;

  InputWriter(JsonOutput json, Losses losses) {
    this.json = json;
    this.losses = losses;
  }

  void turn(Turn turn) {
    for (ContentPart part : turn.parts()) {
      if (ResponsesRequestWriter.inMessage(part)) {
        message(turn.role());
        content(part, turn.role() == Turn.Role.ASSISTANT);
      } else {
        endMessage();
        item(part);
      }
    }
    endMessage();
  }

  private void message(Turn.Role role) {
    if (!open) {
      open = true;
      String name =
          switch (role) {
            case SYSTEM -> "developer";
            case USER -> "user";
            case ASSISTANT -> "assistant";
          };
      json.object().field("type", "message").field("role", name).name("content").array();
    }
  }

  private void endMessage() {
    if (open) {
      open = false;
      json.endArray().endObject();
    }
  }

  private void item(ContentPart part) {
    if (part instanceof ContentPart.ToolCall call) {
      json.object().field("type", "function_call").field("call_id", call.id());
      json.field("name", call.name()).name("arguments").stringOf(call.arguments()).endObject();
    } else if (part instanceof ContentPart.ToolResult result) {
      json.object().field("type", "function_call_output").field("call_id", result.callId());
      json.name("output");
      output(result.content());
      json.endObject();
      if (result.failed()) {
        losses.drop("is_error");
      }
    } else if (part instanceof ContentPart.Thought thought) {
      thought(thought);
    }
  }

  private void thought(ContentPart.Thought thought) {
    JsonText seal = Seals.of("responses", thought.seal());
    if (seal == null) {
      losses.drop("thinking");
      return;
    }
    json.object().field("type", "reasoning").name("summary").array();
    if (!thought.text().isEmpty()) {
      json.object().field("type", "summary_text").field("text", thought.text()).endObject();
    }
    json.endArray().field("encrypted_content", seal).endObject();
  }

  private void output(List<ContentPart> content) {
    if (content.size() == 1 && content.get(0) instanceof ContentPart.Text only) {
      json.string(only.text());
      return;
    }
    json.array();
    content.forEach(part -> content(part, false));
    json.endArray();
  }

  private void content(ContentPart part, boolean said) {
    if (part instanceof ContentPart.Text text) {
      json.object().field("type", said ? "output_text" : "input_text");
      json.field("text", text.text()).endObject();
    } else if (part instanceof ContentPart.Refused refused) {
      json.object().field("type", "refusal").field("refusal", refused.text()).endObject();
    } else if (part instanceof ContentPart.Image image) {
      json.object().field("type", "input_image").field("detail", "auto");
      source(image.source(), "image_url", "image_url");
      json.endObject();
    } else if (part instanceof ContentPart.Document document) {
      document(document.source(), document.name());
    } else {
      throw Losses.refused("messages", "no such content in a response");
    }
  }

  private void document(Source source, @Nullable JsonText name) {
    if (source instanceof Source.Plain plain) {
      json.object().field("type", "input_text").field("text", plain.text()).endObject();
      return;
    }
    json.object().field("type", "input_file");
    if (name != null) {
      json.field("filename", name);
    } else if (source instanceof Source.Inline) {
      json.field("filename", "document.pdf");
    }
    source(source, "file_data", "file_url");
    json.endObject();
  }

  private void source(Source source, String inline, String address) {
    if (source instanceof Source.Inline data) {
      json.name(inline).openString().piece("data:").piece(data.mediaType()).piece(";base64,");
      json.piece(data.base64()).closeString();
    } else if (source instanceof Source.Address url) {
      json.field(address, url.url());
    } else if (source instanceof Source.FileId id) {
      json.field("file_id", id.id());
    } else {
      throw Losses.refused("messages", "no picture of plain text");
    }
  }
}
