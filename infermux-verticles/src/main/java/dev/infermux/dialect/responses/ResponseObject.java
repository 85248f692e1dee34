package dev.infermux.dialect.responses;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one response object says of itself. */
final class ResponseObject {

  private String id = "";
  private String model = "";
  private String tier = "";
  private String status = "";
  private String incomplete = "";
  private @Nullable JsonSlice error;
  private @Nullable Usage usage;
  private boolean answered;
  private boolean counted;
  private boolean calls;
  private long contentChars;
  private final List<String> issued = new ArrayList<>();

  private ResponseObject() {}

  /**
   * Reads a response.
   *
   * @throws dev.infermux.json.JsonSyntaxException when it is no JSON object
   */
  static ResponseObject read(JsonCursor json) {
    ResponseObject response = new ResponseObject();
    response.fields(json);
    return response;
  }

  private void fields(JsonCursor json) {
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      switch (json.name()) {
        case "id" -> id = text(json);
        case "model" -> model = text(json);
        case "status" -> status = text(json);
        case "service_tier" -> tier = text(json);
        case "usage" -> usage = ResponsesUsage.read(json);
        case "input_tokens" -> {
          counted |= kind == JsonKind.NUMBER;
          json.skip();
        }
        case "error" -> {
          JsonSlice value = json.value();
          error = ErrorBody.told(value.cursor()) ? value : null;
        }
        case "incomplete_details" ->
            incomplete = kind == JsonKind.OBJECT ? reason(json) : skip(json);
        case "conversation" -> issue(kind == JsonKind.OBJECT ? field(json, "id") : text(json));
        case "output" -> output(json);
        default -> json.skip();
      }
    }
    issue(id);
  }

  private void output(JsonCursor json) {
    if (json.kind() != JsonKind.ARRAY) {
      json.skip();
      return;
    }
    answered = true;
    json.enterArray();
    while (json.nextElement()) {
      if (json.kind() == JsonKind.OBJECT) {
        IssuedItem item = IssuedItem.read(json);
        item.ids().forEach(this::issue);
        contentChars += item.characters();
        calls |= item.type().equals("function_call") || item.type().equals("custom_tool_call");
      } else {
        json.skip();
      }
    }
  }

  private void issue(String one) {
    if (!one.isEmpty()) {
      issued.add(one);
    }
  }

  private static String reason(JsonCursor json) {
    return field(json, "reason");
  }

  /** One text of an object. */
  static String field(JsonCursor json, String name) {
    String found = "";
    json.enterObject();
    while (json.nextField()) {
      if (json.name().equals(name)) {
        found = text(json);
      } else {
        json.skip();
      }
    }
    return found;
  }

  /** Consumes a value; empty when it is no text. */
  static String text(JsonCursor json) {
    return json.kind() == JsonKind.STRING ? json.string() : skip(json);
  }

  private static String skip(JsonCursor json) {
    json.skip();
    return "";
  }

  String id() {
    return id;
  }

  String model() {
    return model;
  }

  /** What went wrong; null where nothing has. */
  @Nullable JsonSlice error() {
    return status.equals("failed") && error == null ? JsonSlice.of("{}") : error;
  }

  @Nullable Usage usage() {
    return usage == null ? null : usage.inTier(tier);
  }

  /** Whether it says that it goes on in the background. */
  boolean running() {
    return status.equals("queued") || status.equals("in_progress");
  }

  /** Whether it has an output, empty or not. */
  boolean answered() {
    return answered;
  }

  /** Whether it is a count of tokens. */
  boolean counted() {
    return counted;
  }

  /** Why it ended, in the words of chats; empty while it runs. */
  String finishReason() {
    return finishReason("");
  }

  /**
   * The same of one that has ended with an event of its own.
   *
   * @param known its status, where it does not say
   */
  String finishReason(String known) {
    return switch (status.isEmpty() ? known : status) {
      case "completed" -> calls ? "tool_calls" : "stop";
      case "incomplete" -> incomplete.equals("max_output_tokens") ? "length" : incomplete;
      case "cancelled" -> status;
      default -> "";
    };
  }

  long contentChars() {
    return contentChars;
  }

  /** Ids of it that only its provider knows. */
  List<String> issued() {
    return issued;
  }
}
