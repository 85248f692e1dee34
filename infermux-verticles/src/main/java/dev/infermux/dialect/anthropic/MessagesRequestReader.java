package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.ToolUse;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request that has been scanned as what it asks. */
final class MessagesRequestReader {

  private final JsonCursor json;
  private final Losses losses;
  private final BodyFacts facts;
  private final MessageBlockReader blocks;
  private final List<Turn> turns = new ArrayList<>();
  private final List<ContentPart> system = new ArrayList<>();
  private final List<String> stop = new ArrayList<>();
  private ToolUse tools = ToolUse.NONE;
  private ToolUse choice = ToolUse.NONE;
  private @Nullable JsonSlice temperature;
  private @Nullable JsonSlice topP;
  private @Nullable JsonSlice topK;
  private @Nullable OutputFormat format;
  private String effort = "";
  private @Nullable Reasoning thinking;
  private @Nullable String user;
  private @Nullable String serviceTier;

  MessagesRequestReader(RequestBody request, Losses losses) {
    this.json = new JsonCursor(request.bytes());
    this.losses = losses;
    this.facts = request.facts();
    this.blocks = new MessageBlockReader(json, losses);
  }

  Conversation conversation() {
    json.enterObject();
    while (json.nextField()) {
      if (json.kind() == JsonKind.NULL) {
        json.skip();
      } else {
        field(json.name());
      }
    }
    if (!system.isEmpty()) {
      turns.add(0, new Turn(Role.SYSTEM, system));
    }
    return new Conversation(
        turns,
        new ToolUse(tools.tools(), choice.mode(), choice.only(), choice.parallel()).callable(),
        new Sampling(temperature, topP, topK, null, null, null),
        format,
        reasoning(),
        facts.maxTokens(),
        1,
        stop,
        user,
        serviceTier,
        facts.stream(),
        true,
        Map.of());
  }

  private void field(String name) {
    switch (name) {
      case "model", "stream", "max_tokens" -> json.skip();
      case "messages" -> messages();
      case "system" -> blocks.content(system, "system");
      case "tools" -> tools = new MessageToolReader(json, losses).tools();
      case "tool_choice" -> choice = new MessageToolReader(json, losses).choice();
      case "stop_sequences" -> stops();
      case "temperature" -> temperature = number(name);
      case "top_p" -> topP = number(name);
      case "top_k" -> topK = number(name);
      case "thinking" -> thinking();
      case "output_config" -> output();
      case "output_format" -> format();
      case "metadata" -> metadata();
      case "service_tier" -> {
        String tier = text(name);
        serviceTier = tier.equals("standard_only") ? "default" : tier;
      }
      case "container", "mcp_servers" ->
          throw Losses.refused(name, "only Anthropic has it (expected: nothing)");
      default -> {
        losses.drop(name);
        json.skip();
      }
    }
  }

  private void messages() {
    json.enterArray();
    while (json.nextElement()) {
      String role = "";
      List<ContentPart> parts = new ArrayList<>();
      json.enterObject();
      while (json.nextField()) {
        if (json.nameIs(MessageFields.ROLE)) {
          role = text("messages.role");
        } else if (json.nameIs(MessageFields.CONTENT)) {
          blocks.content(parts, "messages.content");
        } else {
          json.skip();
        }
      }
      turns.add(new Turn(role(role), parts));
    }
  }

  private static Role role(String name) {
    return switch (name) {
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "system" -> Role.SYSTEM;
      default ->
          throw Losses.refused(
              "messages.role", "\"" + name + "\" (expected: user, assistant or system)");
    };
  }

  private void stops() {
    expect(JsonKind.ARRAY, "stop_sequences", "an array of strings");
    json.enterArray();
    while (json.nextElement()) {
      stop.add(text("stop_sequences"));
    }
  }

  private JsonSlice number(String name) {
    expect(JsonKind.NUMBER, name, "a number");
    return json.value();
  }

  private void thinking() {
    expect(JsonKind.OBJECT, "thinking", "an object");
    String type = "";
    long budget = -1;
    boolean shown = true;
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type = text("thinking.type");
        case "budget_tokens" -> {
          expect(JsonKind.NUMBER, "thinking.budget_tokens", "an integer");
          budget = json.longValue();
        }
        case "display" -> shown = !text("thinking.display").equals("omitted");
        default -> json.skip();
      }
    }
    thinking =
        type.equals("disabled")
            ? new Reasoning("none", -1, false)
            : new Reasoning("", budget, shown);
  }

  private @Nullable Reasoning reasoning() {
    if (thinking == null) {
      return effort.isEmpty() ? null : new Reasoning(effort, -1, false);
    }
    return effort.isEmpty() || thinking.effort().equals("none")
        ? thinking
        : new Reasoning(effort, thinking.budgetTokens(), thinking.shown());
  }

  private void output() {
    expect(JsonKind.OBJECT, "output_config", "an object");
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (json.kind() == JsonKind.NULL) {
        json.skip();
      } else if (name.equals("effort")) {
        effort = text("output_config.effort");
      } else if (name.equals("format")) {
        format();
      } else {
        losses.drop("output_config." + name);
        json.skip();
      }
    }
  }

  private void format() {
    expect(JsonKind.OBJECT, "output_config.format", "an object");
    JsonSlice schema = null;
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals("schema")) {
        expect(JsonKind.OBJECT, "output_config.format.schema", "an object");
        schema = json.value();
      } else {
        json.skip();
      }
    }
    format = schema == null ? null : new OutputFormat(schema, "", null, true);
  }

  private void metadata() {
    expect(JsonKind.OBJECT, "metadata", "an object");
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals("user_id") && json.kind() == JsonKind.STRING) {
        user = json.string();
      } else {
        json.skip();
      }
    }
  }

  private String text(String name) {
    expect(JsonKind.STRING, name, "a string");
    return json.string();
  }

  private void expect(JsonKind kind, String name, String expected) {
    MessageBlockReader.expect(json, kind, name, expected);
  }
}
