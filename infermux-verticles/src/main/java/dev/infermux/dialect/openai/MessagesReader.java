package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Refused;
import dev.infermux.dialect.chat.ContentPart.Thought;
import dev.infermux.dialect.chat.ContentPart.ToolCall;
import dev.infermux.dialect.chat.ContentPart.ToolResult;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Turn;
import dev.infermux.dialect.chat.Turn.Role;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a chat's messages as turns; results of tools that follow each other become one turn. */
final class MessagesReader {

  private final JsonCursor json;
  private final Losses losses;
  private final PartsReader parts;
  private final List<Turn> turns = new ArrayList<>();
  private final List<ContentPart> results = new ArrayList<>();
  private final Set<String> calls = new HashSet<>();

  /** The ids given to deprecated function calls, which have none: the last of each name. */
  private final Map<String, String> functionCalls = new HashMap<>();

  private int index;

  MessagesReader(JsonCursor json, Losses losses) {
    this.json = json;
    this.losses = losses;
    this.parts = new PartsReader(json, losses);
  }

  List<Turn> turns() {
    json.enterArray();
    for (; json.nextElement(); index++) {
      message();
    }
    endResults();
    return turns;
  }

  private void message() {
    Message message = new Message();
    json.enterObject();
    while (json.nextField()) {
      String name = json.name();
      if (json.kind() == JsonKind.NULL) {
        json.skip();
      } else {
        message.field(name);
      }
    }
    switch (message.role) {
      case "system", "developer" -> turn(Role.SYSTEM, message.content);
      case "user" -> turn(Role.USER, message.content);
      case "assistant" -> turn(Role.ASSISTANT, message.said());
      case "tool" -> result(message.callId, message.content, "tool_call_id");
      case "function" ->
          result(functionCalls.getOrDefault(message.name, ""), message.content, "name");
      default -> {
        String expected = "developer | system | user | assistant | tool";
        throw invalid(".role", "\"" + message.role + "\" (expected: " + expected + ")");
      }
    }
  }

  private void turn(Role role, List<ContentPart> content) {
    endResults();
    turns.add(new Turn(role, content));
  }

  private void result(String callId, List<ContentPart> content, String field) {
    if (!calls.contains(callId)) {
      throw invalid("." + field, "\"" + callId + "\" (expected: a call of the messages before)");
    }
    results.add(new ToolResult(callId, content, false));
  }

  private void endResults() {
    if (!results.isEmpty()) {
      turns.add(new Turn(Role.USER, results));
      results.clear();
    }
  }

  private RuntimeException invalid(String field, String found) {
    String where = "messages[" + index + "]" + field;
    return FieldReader.invalid(where + ": " + found, where);
  }

  /** One message while it is read: its role may come last. */
  private final class Message {
    private String role = "";
    private String name = "";
    private String callId = "";
    private List<ContentPart> content = List.of();
    private @Nullable JsonText reasoning;
    private @Nullable JsonText refusal;
    private final List<ContentPart> asked = new ArrayList<>();

    void field(String field) {
      switch (field) {
        case "role" -> role = string(field);
        case "content" -> content = parts.content(index);
        case "name" -> name = string(field);
        case "tool_call_id" -> callId = string(field);
        case "refusal" -> refusal = text(field);
        case "reasoning_content", "reasoning" -> reasoning = text(field);
        case "tool_calls" -> {
          expect(JsonKind.ARRAY, field, "an array");
          json.enterArray();
          while (json.nextElement()) {
            toolCall();
          }
        }
        case "function_call" -> functionCall();
        default -> {
          losses.drop("messages." + field);
          json.skip();
        }
      }
    }

    List<ContentPart> said() {
      List<ContentPart> said = new ArrayList<>();
      if (reasoning != null && !reasoning.isEmpty()) {
        said.add(new Thought(reasoning, null));
      }
      said.addAll(content);
      if (refusal != null && !refusal.isEmpty()) {
        said.add(new Refused(refusal));
      }
      said.addAll(asked);
      return said;
    }

    private void toolCall() {
      expect(JsonKind.OBJECT, "tool_calls", "an array of objects");
      String id = "";
      Function function = null;
      json.enterObject();
      while (json.nextField()) {
        switch (json.name()) {
          case "id" -> id = string("tool_calls.id");
          case "function" -> function = function("tool_calls.function");
          case "custom" -> throw Losses.refused("messages.tool_calls", "custom tools");
          default -> json.skip();
        }
      }
      if (function == null) {
        throw invalid(".tool_calls.function", "missing (expected: an object)");
      }
      call(id, function);
    }

    private void functionCall() {
      Function function = function("function_call");
      String id = "call_" + index;
      functionCalls.put(function.name, id);
      call(id, function);
    }

    private void call(String id, Function function) {
      calls.add(id);
      try {
        asked.add(new ToolCall(id, function.name, ToolCall.argumentsIn(function.arguments)));
      } catch (dev.infermux.json.JsonSyntaxException e) {
        throw invalid(".tool_calls.function.arguments", "malformed: " + e.getMessage());
      }
    }

    private Function function(String where) {
      expect(JsonKind.OBJECT, where, "an object");
      Function function = new Function();
      json.enterObject();
      while (json.nextField()) {
        String field = json.name();
        if (field.equals("name")) {
          function.name = string(where + ".name");
        } else if (field.equals("arguments") && json.kind() != JsonKind.NULL) {
          function.arguments = text(where + ".arguments");
        } else {
          json.skip();
        }
      }
      return function;
    }

    private String string(String field) {
      expect(JsonKind.STRING, field, "a string");
      return json.string();
    }

    private JsonText text(String field) {
      expect(JsonKind.STRING, field, "a string");
      return json.text();
    }

    private void expect(JsonKind kind, String field, String expected) {
      if (json.kind() != kind) {
        String found = FieldReader.describe(json.kind());
        throw invalid("." + field, found + " (expected: " + expected + ")");
      }
    }
  }

  private static final class Function {
    private String name = "";
    private JsonText arguments = JsonText.EMPTY;
  }
}
