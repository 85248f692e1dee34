package dev.infermux.dialect.ollama;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.inference.InferenceException;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request of {@code /api/chat} or {@code /api/generate} as a conversation. */
final class OllamaConversationReader {

  private final OllamaRequestBody body;
  private final Losses losses;
  private final JsonCursor json;
  private final OllamaOptionsReader options = new OllamaOptionsReader();
  private List<Turn> turns = List.of();
  private JsonText system = JsonText.EMPTY;
  private JsonText prompt = JsonText.EMPTY;
  private List<ContentPart> media = List.of();
  private List<ToolUse.Tool> tools = List.of();
  private @Nullable OutputFormat format;
  private @Nullable Reasoning reasoning;

  private OllamaConversationReader(OllamaRequestBody body, Losses losses) {
    this.body = body;
    this.losses = losses;
    this.json = new JsonCursor(body.bytes());
  }

  static Conversation read(OllamaRequestBody body, Losses losses) {
    return new OllamaConversationReader(body, losses).conversation();
  }

  private Conversation conversation() {
    boolean chat = body.endpoint() == OllamaEndpoint.CHAT;
    json.enterObject();
    while (json.nextField()) {
      field(json.name(), chat);
    }
    if (chat ? turns.isEmpty() : prompt.isEmpty()) {
      throw Losses.refused(
          body.endpoint().prompt(),
          "empty (expected: text; only a provider of Ollama loads models)");
    }
    return new Conversation(
        chat ? turns : generated(),
        tools.isEmpty() ? ToolUse.NONE : new ToolUse(tools, ToolUse.Mode.AUTO, "", null),
        options.sampling(),
        format,
        reasoning,
        body.facts().maxTokens(),
        1,
        options.stop(),
        null,
        null,
        body.facts().stream(),
        true,
        Map.of());
  }

  private void field(String name, boolean chat) {
    switch (name) {
      case "model", "stream" -> json.skip();
      case "options" -> options.read(json, losses);
      case "format" -> format();
      case "think" -> think();
      default -> {
        if (chat) {
          chat(name);
        } else {
          generate(name);
        }
      }
    }
  }

  private void chat(String name) {
    if (name.equals("messages") && json.kind() == JsonKind.ARRAY) {
      turns = new OllamaMessageReader(json, losses).turns();
    } else if (name.equals("tools")) {
      tools = OllamaToolReader.list(json);
    } else {
      dropped(name);
    }
  }

  private void generate(String name) {
    switch (name) {
      case "prompt" -> prompt = text();
      case "system" -> system = text();
      case "images" -> media = OllamaMessageReader.media(json, "images");
      case "suffix", "template", "raw", "context" -> refused(name);
      default -> dropped(name);
    }
  }

  private void dropped(String name) {
    if (json.kind() != JsonKind.NULL) {
      losses.drop(name);
    }
    json.skip();
  }

  /** What another API would understand otherwise, or not at all. */
  private void refused(String name) {
    boolean given =
        switch (json.kind()) {
          case NULL -> !new FieldReader(json).nullSkipped();
          case BOOLEAN -> json.booleanValue();
          case STRING -> !json.isEmptyString();
          case ARRAY -> json.value().length() > 2;
          default -> true;
        };
    if (given) {
      throw Losses.refused(name, "has no place in other APIs than Ollama's");
    }
  }

  private JsonText text() {
    if (json.kind() == JsonKind.STRING) {
      return json.text();
    }
    json.skip();
    return JsonText.EMPTY;
  }

  private List<Turn> generated() {
    List<Turn> all = new ArrayList<>();
    if (!system.isEmpty()) {
      all.add(new Turn(Turn.Role.SYSTEM, List.of(new ContentPart.Text(system))));
    }
    List<ContentPart> parts = new ArrayList<>(media);
    parts.add(new ContentPart.Text(prompt));
    all.add(new Turn(Turn.Role.USER, parts));
    return all;
  }

  private void format() {
    switch (json.kind()) {
      case NULL -> json.skip();
      case OBJECT -> format = new OutputFormat(json.value(), "", null, false);
      case STRING -> {
        String name = json.string();
        if (name.equals("json")) {
          format = new OutputFormat(null, "", null, false);
        } else if (!name.isEmpty()) {
          throw wrongFormat("\"" + name + "\"");
        }
      }
      default -> throw wrongFormat(FieldReader.describe(json.kind()));
    }
  }

  private static InferenceException wrongFormat(String found) {
    return FieldReader.invalid("format: " + found + " (expected: json or a JSON schema)", "format");
  }

  /** To think without a word on how much is the middle, as Ollama itself takes it. */
  private void think() {
    if (json.kind() == JsonKind.BOOLEAN) {
      boolean thinks = json.booleanValue();
      reasoning = new Reasoning(thinks ? "medium" : "none", -1, thinks);
    } else if (json.kind() == JsonKind.STRING) {
      reasoning = new Reasoning(json.string(), -1, true);
    } else {
      json.skip();
    }
  }
}
