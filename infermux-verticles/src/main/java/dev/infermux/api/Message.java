package dev.infermux.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation. Immutable.
 *
 * @param role {@code system}, {@code developer}, {@code user}, {@code assistant} or {@code tool}
 * @param content its text; empty where it has none, or where it has parts
 * @param parts texts, images and whatever else makes up the content; empty = the text alone
 * @param toolCalls the tools that an assistant calls
 * @param fields further fields, by the names of OpenAI's API; JSON values
 */
public record Message(
    String role,
    String content,
    List<Part> parts,
    List<ToolCall> toolCalls,
    Map<String, @Nullable Object> fields) {

  private static final String TOOL_CALL_ID = "tool_call_id";
  private static final List<String> OWN = List.of("role", "content", "tool_calls");

  public Message {
    parts = List.copyOf(parts);
    toolCalls = List.copyOf(toolCalls);
    fields = JsonCopies.object("fields", fields);
    for (String own : OWN) {
      if (fields.containsKey(own)) {
        throw new IllegalArgumentException("fields." + own + ": given twice (expected: once)");
      }
    }
  }

  /** A message of plain text. */
  public static Message of(String role, String content) {
    return new Message(role, content, List.of(), List.of(), Map.of());
  }

  public static Message system(String content) {
    return of("system", content);
  }

  public static Message user(String content) {
    return of("user", content);
  }

  /** A user's message of several parts. */
  public static Message user(Part... parts) {
    return new Message("user", "", List.of(parts), List.of(), Map.of());
  }

  public static Message assistant(String content) {
    return of("assistant", content);
  }

  /** An assistant's message that calls tools. */
  public static Message assistant(List<ToolCall> calls) {
    return new Message("assistant", "", List.of(), calls, Map.of());
  }

  /** What a tool gave back for the call with this id. */
  public static Message tool(String callId, String content) {
    return of("tool", content).withField(TOOL_CALL_ID, callId);
  }

  /** With a further field, or another value of it. */
  public Message withField(String name, @Nullable Object value) {
    return new Message(role, content, parts, toolCalls, JsonCopies.with(fields, name, value));
  }

  /** The id of the call that a tool's message answers; null in other messages. */
  public @Nullable String toolCallId() {
    return fields.get(TOOL_CALL_ID) instanceof String id ? id : null;
  }

  /** Leaves the content out, which belongs in no log. */
  @Override
  public String toString() {
    return "Message[" + role + ", " + content.length() + " characters]";
  }

  /**
   * A piece of content, as a JSON object of OpenAI's API.
   *
   * @param type such as {@code text} or {@code image_url}
   * @param fields all others of the object
   */
  public record Part(String type, Map<String, @Nullable Object> fields) {

    public Part {
      fields = JsonCopies.object(type, fields);
    }

    public static Part text(String text) {
      return new Part("text", Map.of("text", text));
    }

    /** An image at an address, which may be one with the scheme {@code data}. */
    public static Part image(String url) {
      return new Part("image_url", Map.of("image_url", Map.of("url", url)));
    }
  }

  /**
   * A call of a tool.
   *
   * @param arguments JSON as the model wrote it, which need not be sound
   */
  public record ToolCall(String id, String name, String arguments) {

    /** As OpenAI's API has it. */
    public Map<String, @Nullable Object> json() {
      Map<String, @Nullable Object> function = new LinkedHashMap<>();
      function.put("name", name);
      function.put("arguments", arguments);
      Map<String, @Nullable Object> call = new LinkedHashMap<>();
      call.put("id", id);
      call.put("type", "function");
      call.put("function", function);
      return call;
    }
  }

  /** The texts of the content, one after the other. */
  public String text() {
    if (parts.isEmpty()) {
      return content;
    }
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      if (part.fields().get("text") instanceof String text) {
        texts.add(text);
      }
    }
    return String.join("", texts);
  }
}
