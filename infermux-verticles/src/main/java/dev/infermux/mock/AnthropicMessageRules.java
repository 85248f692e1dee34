package dev.infermux.mock;

import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Anthropic's API refuses about messages: roles, empty texts, results that do not follow. */
final class AnthropicMessageRules {

  private static final int MOST_CACHED = 4;

  private final boolean latest;

  /** Calls of the last turn of the model that have no result yet. */
  private final Set<String> open = new LinkedHashSet<>();

  /** All calls of that turn. */
  private final Set<String> made = new LinkedHashSet<>();

  private String role = "";
  private boolean otherContent;
  private int cached;

  /**
   * @param latest whether the request is of the latest version of the API
   */
  AnthropicMessageRules(boolean latest) {
    this.latest = latest;
  }

  void check(JsonSlice body) {
    blocks(FieldLookup.field(body, "system"), "system");
    FieldLookup.elements(FieldLookup.field(body, "tools")).forEach(this::cached);
    List<JsonSlice> messages = FieldLookup.elements(FieldLookup.field(body, "messages"));
    for (int i = 0; i < messages.size(); i++) {
      message(messages.get(i), "messages." + i, i == messages.size() - 1);
    }
    answered("messages." + messages.size());
    if (cached > MOST_CACHED) {
      throw AnthropicRules.wrong(
          "A maximum of "
              + MOST_CACHED
              + " blocks with cache_control may be provided. Found "
              + cached
              + ".");
    }
  }

  private void message(JsonSlice message, String where, boolean last) {
    String by = FieldLookup.text(message, "role");
    if (!Set.of("user", "assistant", "system").contains(by)) {
      throw AnthropicRules.wrong(
          where + ".role: Input should be 'user' or 'assistant', not '" + by + "'");
    }
    boolean same = by.equals(role);
    if (!same) {
      if (role.equals("user")) {
        answered(where);
      }
      otherContent = false;
      role = by;
    }
    if (by.equals("assistant") && !same) {
      made.clear();
    }
    JsonSlice content = FieldLookup.field(message, "content");
    boolean empty =
        content == null
            || (content.kind() == JsonKind.STRING && FieldLookup.text(content).isEmpty())
            || (content.kind() == JsonKind.ARRAY && FieldLookup.elements(content).isEmpty());
    if (empty && !(last && by.equals("assistant"))) {
      throw AnthropicRules.wrong(where + ": " + by + " messages must have non-empty content");
    }
    otherContent |= content != null && content.kind() == JsonKind.STRING;
    blocks(content, where + ".content");
  }

  private void blocks(@Nullable JsonSlice content, String where) {
    List<JsonSlice> blocks = FieldLookup.elements(content);
    for (int i = 0; i < blocks.size(); i++) {
      block(blocks.get(i), where + "." + i);
      cached(blocks.get(i));
    }
  }

  private void block(JsonSlice block, String where) {
    switch (FieldLookup.text(block, "type")) {
      case "text" -> {
        otherContent = true;
        if (FieldLookup.text(block, "text").isEmpty()) {
          throw AnthropicRules.wrong("messages: text content blocks must be non-empty");
        }
      }
      case "tool_use" -> call(block, where);
      case "tool_result" -> result(block, where);
      case "thinking" -> signature(block, where);
      case "document" -> {
        otherContent = true;
        if (latest && role.equals("assistant")) {
          throw AnthropicRules.wrong(
              where + ": `document` blocks are not permitted in assistant messages");
        }
      }
      default -> otherContent = true;
    }
  }

  private void call(JsonSlice block, String where) {
    if (!FieldLookup.isObject(FieldLookup.field(block, "input"))) {
      throw AnthropicRules.wrong(where + ".tool_use.input: Input should be a valid dictionary");
    }
    String id = FieldLookup.text(block, "id");
    if (!id.matches("[A-Za-z0-9_-]+")) {
      throw AnthropicRules.wrong(
          where + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
    }
    open.add(id);
    made.add(id);
  }

  private void result(JsonSlice block, String where) {
    String id = FieldLookup.text(block, "tool_use_id");
    if (!made.contains(id)) {
      throw AnthropicRules.wrong(
          where
              + ": unexpected `tool_use_id` found in `tool_result` blocks: "
              + id
              + ". Each `tool_result` block must have a corresponding `tool_use` block in the"
              + " previous message.");
    }
    if (!otherContent) {
      open.remove(id);
    }
  }

  /** Reasoning comes back as it was signed; what another API has signed is not known here. */
  private static void signature(JsonSlice block, String where) {
    if (!FieldLookup.text(block, "signature").startsWith(SignedEvents.SIGNATURE)) {
      throw AnthropicRules.wrong(where + ": Invalid `signature` in `thinking` block");
    }
  }

  private void answered(String where) {
    if (!open.isEmpty()) {
      throw AnthropicRules.wrong(
          where
              + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
              + String.join(", ", open)
              + ". Each `tool_use` block must have a corresponding `tool_result` block in the next"
              + " message.");
    }
  }

  private void cached(JsonSlice block) {
    cached += FieldLookup.has(block, "cache_control") ? 1 : 0;
  }
}
