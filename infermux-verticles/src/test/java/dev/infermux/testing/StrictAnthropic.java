package dev.infermux.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Messages API that answers 400 where Anthropic's own does, and else what a test says. */
public final class StrictAnthropic implements Function<MockRequest, MockAnswer> {

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "stop_sequences",
          "stream",
          "tools",
          "tool_choice",
          "thinking",
          "output_config",
          "metadata",
          "service_tier",
          "container",
          "cache_control");
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final Function<MockRequest, MockAnswer> otherwise;

  public StrictAnthropic(Function<MockRequest, MockAnswer> otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public MockAnswer apply(MockRequest request) {
    String wrong = wrong(request);
    return wrong == null
        ? otherwise.apply(request)
        : MockAnswer.json(
            400,
            "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\""
                + wrong
                + "\"}}");
  }

  private static @Nullable String wrong(MockRequest request) {
    if (request.headers().get("anthropic-version") == null) {
      return "anthropic-version: header is required";
    }
    JsonObject body = new JsonObject(request.body());
    for (String field : body.fieldNames()) {
      if (!KNOWN.contains(field)) {
        return field + ": Extra inputs are not permitted";
      }
    }
    if (!(body.getValue("max_tokens") instanceof Integer) || body.getInteger("max_tokens") < 1) {
      return "max_tokens: Field required";
    }
    for (Object stop : body.getJsonArray("stop_sequences", new JsonArray())) {
      if (stop.toString().isBlank()) {
        return "stop_sequences: each stop sequence must contain non-whitespace";
      }
    }
    for (Object block : body.getJsonArray("system", new JsonArray())) {
      if (block instanceof JsonObject text && text.getString("text").isBlank()) {
        return "system: text content blocks must be non-empty";
      }
    }
    return wrong(body.getJsonArray("messages", new JsonArray()));
  }

  private static @Nullable String wrong(JsonArray messages) {
    if (messages.isEmpty()) {
      return "messages: at least one message is required";
    }
    Set<String> open = Set.of();
    String last = "";
    for (int i = 0; i < messages.size(); i++) {
      JsonObject message = messages.getJsonObject(i);
      String role = message.getString("role");
      if (!Set.of("user", "assistant").contains(role)) {
        return "messages." + i + ".role: Input should be 'user' or 'assistant'";
      }
      List<JsonObject> blocks = blocks(message.getValue("content"));
      if (blocks.isEmpty()) {
        return "messages." + i + ": content must not be empty";
      }
      if (!results(blocks).equals(open)) {
        return "messages." + i + ": tool_use ids without tool_result blocks immediately after";
      }
      for (JsonObject block : blocks) {
        String wrong = wrong(block);
        if (wrong != null) {
          return "messages." + i + "." + wrong;
        }
      }
      open = calls(blocks);
      last = blocks.get(blocks.size() - 1).getString("text", "");
      if (i == messages.size() - 1 && role.equals("assistant") && !last.equals(last.strip())) {
        return "messages: final assistant content cannot end with trailing whitespace";
      }
    }
    return open.isEmpty() ? null : "messages: tool_use ids without tool_result blocks";
  }

  /** The ids that are answered, as long as nothing stands before them. */
  private static Set<String> results(List<JsonObject> blocks) {
    Set<String> ids = new java.util.HashSet<>();
    boolean other = false;
    for (JsonObject block : blocks) {
      boolean result = block.getString("type").equals("tool_result");
      if (result && other) {
        return Set.of("a result behind other content");
      }
      other |= !result;
      if (result) {
        ids.add(block.getString("tool_use_id"));
      }
    }
    return ids;
  }

  private static Set<String> calls(List<JsonObject> blocks) {
    Set<String> ids = new java.util.HashSet<>();
    for (JsonObject block : blocks) {
      if (block.getString("type").equals("tool_use")) {
        ids.add(block.getString("id"));
      }
    }
    return ids;
  }

  private static @Nullable String wrong(JsonObject block) {
    return switch (block.getString("type", "")) {
      case "text" -> block.getString("text").isBlank() ? "text: must be non-empty" : null;
      case "tool_use" ->
          block.getValue("input") instanceof JsonObject
                  && block.getString("id").matches("[a-zA-Z0-9_-]+")
              ? null
              : "tool_use: input should be a valid dictionary, id a valid id";
      case "image" -> wrongSource(block.getJsonObject("source"));
      case "thinking" ->
          block.getString("signature", "").startsWith("infermux") ? "Invalid signature" : null;
      case "document", "tool_result", "redacted_thinking" -> null;
      default -> "type: unexpected";
    };
  }

  private static @Nullable String wrongSource(JsonObject source) {
    return source.getString("type").equals("base64")
            && !IMAGES.contains(source.getString("media_type"))
        ? "media_type: unexpected"
        : null;
  }

  private static List<JsonObject> blocks(@Nullable Object content) {
    List<JsonObject> blocks = new ArrayList<>();
    if (content instanceof String text) {
      blocks.add(new JsonObject().put("type", "text").put("text", text));
    } else if (content instanceof JsonArray array) {
      array.forEach(block -> blocks.add((JsonObject) block));
    }
    return blocks;
  }
}
