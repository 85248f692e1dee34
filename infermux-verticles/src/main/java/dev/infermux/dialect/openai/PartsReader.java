package dev.infermux.dialect.openai;

import dev.infermux.dialect.FieldReader;
import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.ContentPart.Audio;
import dev.infermux.dialect.chat.ContentPart.Document;
import dev.infermux.dialect.chat.ContentPart.Image;
import dev.infermux.dialect.chat.ContentPart.Refused;
import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.dialect.chat.ContentPart.Text;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the content of one message after the other; texts that are empty say nothing. */
final class PartsReader {

  private static final JsonSlice AUTO = JsonSlice.of("\"auto\"");

  private final JsonCursor json;
  private final Losses losses;
  private int message;

  PartsReader(JsonCursor json, Losses losses) {
    this.json = json;
    this.losses = losses;
  }

  /** Consumes a content, which a scan has found to be a string or an array. */
  List<ContentPart> content(int index) {
    message = index;
    if (json.kind() == JsonKind.STRING) {
      JsonText text = json.text();
      return text.isEmpty() ? List.of() : List.of(new Text(text));
    }
    List<ContentPart> parts = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      expect(JsonKind.OBJECT, "an array of objects");
      ContentPart part = part();
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private @Nullable ContentPart part() {
    String type = "";
    ContentPart part = null;
    json.enterObject();
    while (nextGiven()) {
      String name = json.name();
      switch (name) {
        case "type" -> type = json.kind() == JsonKind.STRING ? json.string() : skipped();
        case "text" -> part = new Text(text());
        case "refusal" -> part = new Refused(text());
        case "image_url" -> part = new Image(image());
        case "input_audio" -> part = audio();
        case "file" -> part = file();
        default -> {
          losses.drop("messages.content." + name);
          json.skip();
        }
      }
    }
    if (part == null) {
      throw Losses.refused(where(), "a part of type \"" + type + "\" cannot be translated");
    }
    return part instanceof Text said && said.text().isEmpty() ? null : part;
  }

  /** An object with a URL, or the bare one that some servers take. */
  private Source image() {
    if (json.kind() == JsonKind.STRING) {
      return source(json.text());
    }
    expect(JsonKind.OBJECT, "image_url to be an object");
    Source source = null;
    json.enterObject();
    while (nextGiven()) {
      switch (json.name()) {
        case "url" -> source = source(text());
        case "detail" -> detail();
        default -> json.skip();
      }
    }
    return given(source, "image_url.url");
  }

  private void detail() {
    if (!json.value().equals(AUTO)) {
      losses.drop("messages.content.image_url.detail");
    }
  }

  private Audio audio() {
    expect(JsonKind.OBJECT, "input_audio to be an object");
    JsonText data = null;
    String format = "";
    json.enterObject();
    while (nextGiven()) {
      switch (json.name()) {
        case "data" -> data = text();
        case "format" -> format = text().decoded();
        default -> json.skip();
      }
    }
    return new Audio(format, given(data, "input_audio.data"));
  }

  private Document file() {
    expect(JsonKind.OBJECT, "file to be an object");
    Source source = null;
    JsonText name = null;
    json.enterObject();
    while (nextGiven()) {
      switch (json.name()) {
        case "file_data" -> source = source(text());
        case "file_id" -> source = new Source.FileId(text());
        case "filename" -> name = text();
        default -> json.skip();
      }
    }
    return new Document(given(source, "file.file_data"), name);
  }

  private Source source(JsonText url) {
    return given(Source.of(url), "URL, where data: must be base64");
  }

  private <T> T given(@Nullable T value, String expected) {
    if (value == null) {
      throw FieldReader.invalid(where() + ": no " + expected, where());
    }
    return value;
  }

  private JsonText text() {
    expect(JsonKind.STRING, "a string");
    return json.text();
  }

  /** Moves to the next field that is not null. */
  private boolean nextGiven() {
    while (json.nextField()) {
      if (json.kind() != JsonKind.NULL) {
        return true;
      }
      json.skip();
    }
    return false;
  }

  private String skipped() {
    json.skip();
    return "";
  }

  private void expect(JsonKind kind, String expected) {
    if (json.kind() != kind) {
      String found = FieldReader.describe(json.kind());
      throw FieldReader.invalid(where() + ": " + found + " (expected: " + expected + ")", where());
    }
  }

  private String where() {
    return "messages[" + message + "].content";
  }
}
