package dev.infermux.dialect.responses;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Conversation;
import dev.infermux.dialect.chat.Conversation.OutputFormat;
import dev.infermux.dialect.chat.Conversation.Reasoning;
import dev.infermux.dialect.chat.Conversation.Sampling;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.inference.RequestBody;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request as a conversation. What only a Responses API keeps or runs is refused. */
final class ResponsesRequestReader {

  private final Losses losses;
  private final ResponsesToolsReader tools;
  private @Nullable JsonText instructions;
  private List<Turn> turns = List.of();
  private @Nullable JsonSlice temperature;
  private @Nullable JsonSlice topP;
  private @Nullable OutputFormat format;
  private @Nullable Reasoning reasoning;
  private @Nullable String user;
  private @Nullable String serviceTier;

  ResponsesRequestReader(Losses losses) {
    this.losses = losses;
    this.tools = new ResponsesToolsReader(losses);
  }

  Conversation conversation(RequestBody request) {
    if (request instanceof ResponsesRequestBody body
        && body.endpoint() == ResponsesEndpoint.COMPACT) {
      throw Losses.refused("input", "only a Responses API can make it shorter");
    }
    JsonCursor json = new JsonCursor(request.bytes());
    json.enterObject();
    while (json.nextField()) {
      if (json.kind() == JsonKind.NULL) {
        json.skip();
      } else {
        field(json.name(), json);
      }
    }
    return new Conversation(
        all(),
        tools.use(),
        new Sampling(temperature, topP, null, null, null, null),
        format,
        reasoning,
        request.facts().maxTokens(),
        1,
        List.of(),
        user,
        serviceTier,
        request.facts().stream(),
        true,
        Map.of());
  }

  private List<Turn> all() {
    JsonText first = instructions;
    if (first == null || first.isEmpty()) {
      return turns;
    }
    List<Turn> all = new ArrayList<>(turns.size() + 1);
    all.add(new Turn(Turn.Role.SYSTEM, List.of(new ContentPart.Text(first))));
    all.addAll(turns);
    return all;
  }

  private void field(String name, JsonCursor json) {
    switch (name) {
      case "input" -> turns = new InputReader(losses).turns(json);
      case "instructions" -> instructions = json.text();
      case "tools" -> tools.tools(json);
      case "tool_choice" -> tools.choice(json);
      case "parallel_tool_calls" -> tools.parallel(json.booleanValue());
      case "temperature" -> temperature = json.value();
      case "top_p" -> topP = json.value();
      case "text" -> text(json);
      case "reasoning" -> reasoning(json);
      case "user", "safety_identifier" -> {
        String value = ResponseObject.text(json);
        user = value.isEmpty() ? user : value;
      }
      case "service_tier" -> {
        String value = ResponseObject.text(json);
        serviceTier = value.isEmpty() || value.equals("auto") ? null : value;
      }
      case "previous_response_id", "conversation", "prompt" ->
          throw Losses.refused(name, "only the provider that keeps it can go on from it");
      default -> other(name, json);
    }
  }

  private void other(String name, JsonCursor json) {
    JsonSlice value = json.value();
    switch (name) {
      case "model", "max_output_tokens" -> {}
      case "background" -> {
        if (value.cursor().booleanValue()) {
          throw Losses.refused(name, "only a Responses API answers later");
        }
      }
      case "store" -> {
        if (value.cursor().booleanValue()) {
          losses.drop(name);
        }
      }
      case "include" -> include(value);
      case "truncation" -> {
        if (!value.toString().equals("\"disabled\"")) {
          losses.drop(name);
        }
      }
      default -> {
        // The stream's options shape its events and nothing that is said.
        if (!name.startsWith("stream")) {
          losses.drop(name);
        }
      }
    }
  }

  /** A thought's seal is always given; nothing else is there to be included. */
  private void include(JsonSlice value) {
    JsonCursor json = value.cursor();
    json.enterArray();
    while (json.nextElement()) {
      String one = ResponseObject.text(json);
      if (!one.equals("reasoning.encrypted_content")) {
        losses.drop("include." + one);
      }
    }
  }

  private void text(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (name.equals("format") && json.kind() == JsonKind.OBJECT) {
        format = format(json);
      } else {
        JsonSlice value = json.value();
        if (value.kind() != JsonKind.NULL) {
          losses.drop("text." + name);
        }
      }
    }
  }

  private @Nullable OutputFormat format(JsonCursor json) {
    String type = "";
    String name = "";
    String description = null;
    JsonSlice schema = null;
    boolean strict = false;
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "type" -> type = ResponseObject.text(json);
        case "name" -> name = ResponseObject.text(json);
        case "description" -> {
          String said = ResponseObject.text(json);
          description = said.isEmpty() ? null : said;
        }
        case "schema" -> schema = json.value();
        case "strict" -> strict = json.value().toString().equals("true");
        default -> json.skip();
      }
    }
    return switch (type) {
      case "text" -> null;
      case "json_object" -> new OutputFormat(null, "", null, false);
      case "json_schema" -> new OutputFormat(schema, name, description, strict);
      default -> throw Losses.refused("text.format", "\"" + type + "\" is of this API alone");
    };
  }

  private void reasoning(JsonCursor json) {
    String effort = "";
    boolean shown = false;
    json.enterObject();
    while (json.nextField()) {
      switch (json.name()) {
        case "effort" -> effort = ResponseObject.text(json);
        case "summary", "generate_summary" -> shown |= !ResponseObject.text(json).isEmpty();
        default -> json.skip();
      }
    }
    reasoning = effort.isEmpty() && !shown ? null : new Reasoning(effort, -1, shown);
  }
}
