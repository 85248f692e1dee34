package dev.infermux.api;

import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a streamed answer. Immutable.
 *
 * @param id the provider's, the same in all chunks; empty = none
 * @param model as the provider names it; empty = not said
 * @param usage in the chunk that has it; null in all others
 * @param raw the chunk in OpenAI's dialect, which must not be changed; empty in one that the
 *     program made
 */
public record ChatChunk(
    String id, String model, List<Choice> choices, @Nullable Usage usage, Buffer raw) {

  public ChatChunk {
    choices = List.copyOf(choices);
  }

  /** A piece of text, for providers of a program's own. */
  public static ChatChunk of(String content) {
    return of(new Choice(0, content, List.of(), "", Map.of()), null);
  }

  /** The last piece, for providers of a program's own. */
  public static ChatChunk end(String finishReason, @Nullable Usage usage) {
    return of(new Choice(0, "", List.of(), finishReason, Map.of()), usage);
  }

  private static ChatChunk of(Choice choice, @Nullable Usage usage) {
    return new ChatChunk("", "", List.of(choice), usage, Buffer.buffer());
  }

  /** What it adds to the text of the first choice; empty where it adds none. */
  public String content() {
    for (Choice choice : choices) {
      if (choice.index() == 0) {
        return choice.content();
      }
    }
    return "";
  }

  /** All fields, those that have no accessor included; a new object each time. */
  public JsonObject json() {
    return raw.length() == 0 ? new JsonObject() : new JsonObject(raw);
  }

  /** Leaves the content out, which belongs in no log. */
  @Override
  public String toString() {
    return "ChatChunk[" + model + ", " + choices.size() + " choices]";
  }

  /**
   * What it adds to one of the answers.
   *
   * @param finishReason in the last piece of the answer; empty before
   * @param fields what else it adds, such as {@code role} and {@code refusal}; JSON values
   */
  public record Choice(
      int index,
      String content,
      List<ToolCallPiece> toolCalls,
      String finishReason,
      Map<String, @Nullable Object> fields) {

    public Choice {
      toolCalls = List.copyOf(toolCalls);
      fields = JsonCopies.object("fields", fields);
    }
  }

  /**
   * A piece of a tool's call.
   *
   * @param index which of the answer's calls it belongs to
   * @param id in the first piece; empty in others
   * @param name in the first piece; empty in others
   * @param arguments a piece of JSON
   */
  public record ToolCallPiece(int index, String id, String name, String arguments) {}
}
