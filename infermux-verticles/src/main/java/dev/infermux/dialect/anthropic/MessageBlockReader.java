package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.chat.Seals;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads blocks of content as parts of a turn. */
final class MessageBlockReader {

  /** The dialect's name in seals: of signatures, and of thoughts that are wholly encrypted. */
  static final String SIGNED = "anthropic";

  static final String REDACTED = "anthropic-redacted";

  private final JsonCursor json;
  private final Losses losses;

  MessageBlockReader(JsonCursor json, Losses losses) {
    this.json = json;
    this.losses = losses;
  }

  static void expect(JsonCursor json, JsonKind kind, String name, String expected) {
    if (json.kind() != kind) {
      String found = FieldReader.describe(json.kind());
      throw Losses.refused(name, found + " (expected: " + expected + ")");
    }
  }

  /** Consumes a text or blocks. */
  void content(List<ContentPart> parts, String where) {
    if (json.kind() == JsonKind.STRING) {
      parts.add(new ContentPart.Text(json.text()));
    } else if (json.kind() == JsonKind.NULL) {
      json.skip();
    } else {
      expect(json, JsonKind.ARRAY, where, "a string or an array of blocks");
      json.enterArray();
      while (json.nextElement()) {
        expect(json, JsonKind.OBJECT, where, "an array of blocks");
        block(parts, new Block(json, losses), where);
      }
    }
  }

  private void block(List<ContentPart> parts, Block block, String where) {
    switch (block.type) {
      case "text" -> parts.add(new ContentPart.Text(block.text));
      case "image" -> parts.add(new ContentPart.Image(source(block, where)));
      case "document" -> document(parts, block, where);
      case "tool_use" -> parts.add(call(block, where));
      case "tool_result" -> {
        List<ContentPart> result = new ArrayList<>();
        nested(result, block.content, where);
        parts.add(new ContentPart.ToolResult(block.toolUseId, result, block.failed));
      }
      case "thinking" -> parts.add(thought(block));
      case "redacted_thinking" ->
          parts.add(new ContentPart.Thought(JsonText.EMPTY, sealed(REDACTED, block.data)));
      case "search_result" -> nested(parts, block.content, where);
      case "container_upload" -> throw Losses.refused(where, "a file of Anthropic's container");
      case "" -> throw Losses.refused(where + ".type", "missing (expected: a block's type)");
      default -> losses.drop(block.type);
    }
  }

  private void nested(List<ContentPart> parts, @Nullable JsonSlice content, String where) {
    if (content != null) {
      new MessageBlockReader(content.cursor(), losses).content(parts, where + ".content");
    }
  }

  private static ContentPart.ToolCall call(Block block, String where) {
    JsonSlice input = block.input == null ? JsonSlice.of("{}") : block.input;
    if (input.kind() != JsonKind.OBJECT) {
      throw Losses.refused(where + ".input", "not an object (expected: an object)");
    }
    return new ContentPart.ToolCall(block.id, block.name, input);
  }

  private static ContentPart.Thought thought(Block block) {
    return new ContentPart.Thought(block.thinking, sealed(SIGNED, block.signature));
  }

  /** What came by way of this gateway from another API keeps that one's name. */
  private static @Nullable JsonText sealed(String dialect, JsonText seal) {
    if (seal.isEmpty()) {
      return null;
    }
    return Seals.isMarked(seal) ? seal : Seals.mark(dialect, seal);
  }

  private void document(List<ContentPart> parts, Block block, String where) {
    if (block.source != null) {
      SourceFields fields = new SourceFields(block.source.cursor());
      if (fields.type.equals("content")) {
        nested(parts, fields.content, where + ".source");
        return;
      }
    }
    parts.add(new ContentPart.Document(source(block, where), block.title));
  }

  private static Source source(Block block, String where) {
    if (block.source == null || block.source.kind() != JsonKind.OBJECT) {
      throw Losses.refused(where + ".source", "missing (expected: an object)");
    }
    SourceFields fields = new SourceFields(block.source.cursor());
    return switch (fields.type) {
      case "base64" -> new Source.Inline(fields.mediaType, fields.data);
      case "url" -> new Source.Address(fields.url);
      case "file" -> new Source.FileId(fields.fileId);
      case "text" -> new Source.Plain(fields.data);
      default ->
          throw Losses.refused(
              where + ".source.type",
              "\"" + fields.type + "\" (expected: base64, url, file, text or content)");
    };
  }

  /** What one block says, whatever it is. */
  private static final class Block {
    private String type = "";
    private JsonText text = JsonText.EMPTY;
    private JsonText thinking = JsonText.EMPTY;
    private JsonText signature = JsonText.EMPTY;
    private JsonText data = JsonText.EMPTY;
    private String id = "";
    private String name = "";
    private String toolUseId = "";
    private @Nullable JsonText title;
    private @Nullable JsonSlice input;
    private @Nullable JsonSlice content;
    private @Nullable JsonSlice source;
    private boolean failed;

    Block(JsonCursor json, Losses losses) {
      json.enterObject();
      while (json.nextField()) {
        switch (json.kind()) {
          case STRING -> string(json);
          case BOOLEAN -> {
            boolean named = json.nameIs(MessageFields.IS_ERROR);
            failed |= json.booleanValue() && named;
          }
          case NULL -> json.skip();
          default -> value(json, losses);
        }
      }
    }

    private void string(JsonCursor json) {
      switch (json.name()) {
        case "type" -> type = json.string();
        case "text" -> text = json.text();
        case "thinking" -> thinking = json.text();
        case "signature" -> signature = json.text();
        case "data" -> data = json.text();
        case "id" -> id = json.string();
        case "name" -> name = json.string();
        case "tool_use_id" -> toolUseId = json.string();
        case "title" -> title = json.text();
        case "content" -> content = json.value();
        default -> json.skip();
      }
    }

    private void value(JsonCursor json, Losses losses) {
      switch (json.name()) {
        case "input" -> input = json.value();
        case "content" -> content = json.value();
        case "source" -> source = json.value();
        case "cache_control", "citations" -> {
          losses.drop(json.name());
          json.skip();
        }
        default -> json.skip();
      }
    }
  }

  /** Where the bytes of a picture or a file are. */
  private static final class SourceFields {
    private String type = "";
    private String mediaType = "";
    private JsonText data = JsonText.EMPTY;
    private JsonText url = JsonText.EMPTY;
    private JsonText fileId = JsonText.EMPTY;
    private @Nullable JsonSlice content;

    SourceFields(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        boolean string = json.kind() == JsonKind.STRING;
        if (string && json.nameIs(MessageFields.TYPE)) {
          type = json.string();
        } else if (string && json.nameIs(MessageFields.MEDIA_TYPE)) {
          mediaType = json.string();
        } else if (string && json.nameIs(MessageFields.DATA)) {
          data = json.text();
        } else if (string && json.nameIs(MessageFields.URL)) {
          url = json.text();
        } else if (string && json.nameIs(MessageFields.FILE_ID)) {
          fileId = json.text();
        } else if (json.nameIs(MessageFields.CONTENT)) {
          content = json.value();
        } else {
          json.skip();
        }
      }
    }
  }
}
