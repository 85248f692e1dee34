package dev.infermux.dialect.chat;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a turn. */
public sealed interface ContentPart {

  record Text(JsonText text) implements ContentPart {}

  /** What a model said instead of an answer. */
  record Refused(JsonText text) implements ContentPart {}

  /** A picture. */
  record Image(Source source) implements ContentPart {}

  /**
   * A sound.
   *
   * @param format such as {@code wav}
   */
  record Audio(String format, JsonText base64) implements ContentPart {}

  /**
   * A file to read.
   *
   * @param name null = none
   */
  record Document(Source source, @Nullable JsonText name) implements ContentPart {}

  /**
   * A model's call of a tool.
   *
   * @param id links it with its result
   * @param arguments a JSON object
   */
  record ToolCall(String id, String name, JsonSlice arguments) implements ContentPart {

    /** No arguments at all. */
    public static final JsonSlice NO_ARGUMENTS = JsonSlice.of("{}");

    /**
     * The object that a text spells; none for an empty text.
     *
     * @throws dev.infermux.json.JsonSyntaxException when it spells something else
     */
    public static JsonSlice argumentsIn(JsonText text) {
      if (text.isBlank()) {
        return NO_ARGUMENTS;
      }
      JsonSlice json = JsonSlice.of(text.decoded());
      JsonCursor cursor = json.cursor();
      cursor.enterObject();
      while (cursor.nextField()) {
        cursor.skip();
      }
      cursor.end();
      return json;
    }
  }

  /**
   * What a tool gave back.
   *
   * @param callId of the call
   * @param content texts, images and documents; may be empty
   * @param failed whether the tool says so
   */
  record ToolResult(String callId, List<ContentPart> content, boolean failed)
      implements ContentPart {

    public ToolResult {
      content = List.copyOf(content);
    }
  }

  /**
   * What a model thought in an earlier turn.
   *
   * @param text empty where it was not shown
   * @param seal the provider's signature or its encrypted form; null = none. Only the API that made
   *     it can use it, so that a writer of another dialect leaves it out
   */
  record Thought(JsonText text, @Nullable JsonText seal) implements ContentPart {}

  /** Where a picture's or a file's bytes are. */
  sealed interface Source {

    /** Where a URL says they are; null for a {@code data:} URL that is not base64. */
    static @Nullable Source of(JsonText url) {
      return DataUrl.source(url);
    }

    /** In the request itself. */
    record Inline(String mediaType, JsonText base64) implements Source {}

    /** At an address that the provider fetches; the gateway never does. */
    record Address(JsonText url) implements Source {}

    /** At the provider, under an id that only it knows. */
    record FileId(JsonText id) implements Source {}

    /** In the request, as plain text. */
    record Plain(JsonText text) implements Source {}
  }
}
