package dev.infermux.dialect.responses;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parts of an item's content. */
final class InputParts {

  private final Losses losses;

  InputParts(Losses losses) {
    this.losses = losses;
  }

  /**
   * Consumes a text or an array of parts.
   *
   * @param where the field, for errors
   */
  List<ContentPart> read(JsonCursor json, String where) {
    List<ContentPart> parts = new ArrayList<>();
    if (json.kind() == JsonKind.STRING) {
      parts.add(new ContentPart.Text(json.text()));
    } else if (json.kind() == JsonKind.ARRAY) {
      json.enterArray();
      while (json.nextElement()) {
        ContentPart part = part(json, where);
        if (part != null) {
          parts.add(part);
        }
      }
    } else {
      json.skip();
    }
    return parts;
  }

  private @Nullable ContentPart part(JsonCursor json, String where) {
    if (json.kind() != JsonKind.OBJECT) {
      throw FieldReader.invalid(where + ": an element that is no part (expected: objects)", where);
    }
    Fields part = new Fields();
    part.read(json);
    return switch (part.type) {
      case "input_text", "output_text", "text", "summary_text", "reasoning_text" ->
          part.text == null ? null : new ContentPart.Text(part.text);
      case "refusal" -> part.refusal == null ? null : new ContentPart.Refused(part.refusal);
      case "input_image" -> new ContentPart.Image(image(part, where));
      case "input_file" -> new ContentPart.Document(file(part, where), part.name);
      case "input_audio" ->
          new ContentPart.Audio(part.format, part.data == null ? JsonText.EMPTY : part.data);
      default -> {
        losses.drop("input." + part.type);
        yield null;
      }
    };
  }

  private static Source image(Fields part, String where) {
    JsonText url = part.url;
    if (url != null) {
      return source(url, "image/png");
    }
    return byId(part, where, "an image_url or a file_id");
  }

  private static Source file(Fields part, String where) {
    if (part.data != null) {
      return source(part.data, "application/pdf");
    }
    return part.url == null
        ? byId(part, where, "file_data, file_url or file_id")
        : new Source.Address(part.url);
  }

  private static Source byId(Fields part, String where, String expected) {
    if (part.fileId == null) {
      throw FieldReader.invalid(where + ": without a source (expected: " + expected + ")", where);
    }
    return new Source.FileId(part.fileId);
  }

  /** Data of a {@code data:} URL, an address, or data alone. */
  private static Source source(JsonText text, String otherwise) {
    if (!text.startsWith("data:")) {
      return text.startsWith("http")
          ? new Source.Address(text)
          : new Source.Inline(otherwise, text);
    }
    int comma = text.indexOf(',');
    int end = text.indexOf(';');
    int typeEnd = end < 0 || end > comma ? comma : end;
    if (comma < 0) {
      return new Source.Inline(otherwise, JsonText.EMPTY);
    }
    int from = text.from() + "data:".length();
    String type = new JsonText(text.bytes(), from, text.from() + typeEnd).decoded();
    return new Source.Inline(type.isEmpty() ? otherwise : type, text.after(comma + 1));
  }

  /** Consumes a value; null when it is no text. */
  static @Nullable JsonText text(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      return json.text();
    }
    json.skip();
    return null;
  }

  /** The fields of a part, whatever its type. */
  private static final class Fields {
    private String type = "";
    private String format = "";
    private @Nullable JsonText text;
    private @Nullable JsonText refusal;
    private @Nullable JsonText url;
    private @Nullable JsonText data;
    private @Nullable JsonText fileId;
    private @Nullable JsonText name;

    void read(JsonCursor json) {
      json.enterObject();
      while (json.nextField()) {
        switch (json.name()) {
          case "type" -> type = ResponseObject.text(json);
          case "text" -> text = InputParts.text(json);
          case "refusal" -> refusal = InputParts.text(json);
          case "image_url", "file_url" -> url = InputParts.text(json);
          case "file_data", "data" -> data = InputParts.text(json);
          case "file_id" -> fileId = InputParts.text(json);
          case "filename" -> name = InputParts.text(json);
          case "format" -> format = ResponseObject.text(json);
          case "input_audio" -> {
            if (json.kind() == JsonKind.OBJECT) {
              read(json);
            } else {
              json.skip();
            }
          }
          default -> json.skip();
        }
      }
    }
  }
}
