package dev.infermux.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a JSON value says of an error, in the fields of all dialects; an inner error says more. */
final class ErrorFields {

  private static final int DEEPEST = 6;
  private static final int NO_WORDS = 9;

  private final boolean search;
  private final int depth;
  private final ErrorCodes codes = new ErrorCodes();
  private @Nullable ErrorFields inner;
  private String message = "";
  private int rank = NO_WORDS;

  /** {@code "error"} as a text: words, or a name beside a message of its own. */
  private String word = "";

  private String raw = "";
  private boolean marked;

  /**
   * Begins with nothing.
   *
   * @param search whether errors in whatever part of it count
   */
  ErrorFields(boolean search, int depth) {
    this.search = search;
    this.depth = depth;
  }

  /** Reads one value. */
  void read(JsonCursor json) {
    JsonKind kind = json.kind();
    if (depth > DEEPEST) {
      json.skip();
    } else if (kind == JsonKind.OBJECT) {
      json.enterObject();
      while (json.nextField()) {
        field(json.name().toLowerCase(Locale.ROOT), json);
      }
    } else if (kind == JsonKind.ARRAY) {
      json.enterArray();
      while (json.nextElement()) {
        below(json, false);
      }
    } else if (kind == JsonKind.STRING) {
      words(json, 0);
    } else {
      json.skip();
    }
  }

  private void field(String name, JsonCursor json) {
    switch (name) {
      case "error", "errors" -> error(json);
      case "message" -> words(json, 0);
      case "msg", "error_message", "errormessage", "error_msg", "status_msg" -> words(json, 1);
      case "detail", "error_description" -> words(json, 2);
      case "details", "innererror", "inner_error" -> details(json);
      case "violations" -> each(json);
      case "description", "title" -> words(json, 4);
      case "object" -> marked |= "error".equals(text(json));
      case "base_resp" -> below(json, true);
      case "metadata" -> metadata(json);
      default -> {
        if (!codes.field(name, json)) {
          rest(json);
        }
      }
    }
  }

  private void error(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      word = word.isEmpty() ? text(json) : skip(json, word);
    } else {
      below(json, true);
    }
  }

  /** Words, or an object that has them. */
  private void words(JsonCursor json, int order) {
    if (json.kind() == JsonKind.STRING) {
      String said = text(json);
      if (!said.isBlank() && order < rank) {
        message = said;
        rank = order;
      }
    } else {
      below(json, false);
    }
  }

  /** Of Google an array of facts, of Anthropic and Azure an object with a code, else words. */
  private void details(JsonCursor json) {
    if (json.kind() == JsonKind.STRING) {
      words(json, 3);
      return;
    }
    ErrorFields facts = new ErrorFields(false, depth + 1);
    try {
      facts.each(json);
    } finally {
      codes.detail(facts.merged());
    }
  }

  /** Reads all elements of an array as if they were one object. */
  private void each(JsonCursor json) {
    if (json.kind() != JsonKind.ARRAY) {
      read(json);
      return;
    }
    json.enterArray();
    while (json.nextElement()) {
      read(json);
    }
  }

  /** What a relay's own provider said stands in a text. */
  private void metadata(JsonCursor json) {
    if (json.kind() != JsonKind.OBJECT) {
      json.skip();
      return;
    }
    json.enterObject();
    while (json.nextField()) {
      raw = json.name().equals("raw") ? text(json) : skip(json, raw);
    }
  }

  private void rest(JsonCursor json) {
    boolean inside = json.kind() == JsonKind.OBJECT || json.kind() == JsonKind.ARRAY;
    if (!search || !inside) {
      json.skip();
      return;
    }
    ErrorFields part = new ErrorFields(true, depth + 1);
    try {
      part.read(json);
    } finally {
      if (part.isError()) {
        take(part, true);
      }
    }
  }

  private void below(JsonCursor json, boolean error) {
    ErrorFields part = new ErrorFields(search && !error, depth + 1);
    try {
      part.read(json);
    } finally {
      // Of a document that is cut off here what was read counts.
      boolean says = (search && !error) ? part.isError() : part.says();
      if (says && !part.codes.fine()) {
        take(part, error || search || part.marked);
      }
    }
  }

  private void take(ErrorFields part, boolean error) {
    marked |= error;
    inner = inner == null || (error && !inner.marked) ? part : inner;
    part.marked |= error;
  }

  /** Whether it says anything at all. */
  boolean says() {
    return rank < NO_WORDS || !word.isBlank() || codes.say() || inner != null;
  }

  /** Whether it looks like an error on its own. */
  boolean isError() {
    return marked || codes.marked() || !word.isBlank() || rank < 4;
  }

  /** The codes, with those of an inner error before its own. */
  private ErrorCodes merged() {
    return inner == null ? codes : inner.merged().or(codes);
  }

  private String message() {
    String within = inner == null ? "" : inner.message();
    if (!within.isEmpty()) {
      return within;
    }
    return rank < NO_WORDS ? message : word;
  }

  private String name() {
    String within = inner == null ? "" : inner.name();
    return within.isEmpty() && ErrorCodes.isName(word) ? word : within;
  }

  private String raw() {
    return inner == null || !raw.isEmpty() ? raw : inner.raw();
  }

  /** What it all comes to. */
  ProviderError error() {
    ProviderError error = merged().error(message(), name());
    ProviderError wrapped = wrapped(error.message());
    ProviderError said = wrapped == null ? error : wrapped.or(error);
    String told = raw();
    if (told.isBlank()) {
      return said;
    }
    ProviderError relayed = wrapped(told);
    return said.because(
        relayed == null ? new ProviderError(told.strip(), "", "", null, 0) : relayed);
  }

  /** The JSON in a text, as relays wrap what they were told; null where there is none. */
  private static @Nullable ProviderError wrapped(String text) {
    String json = text.strip();
    if (!json.startsWith("{\"") && !json.startsWith("[{")) {
      return null;
    }
    ErrorFields fields = new ErrorFields(false, 1);
    fields.readAll(json);
    return fields.says() ? fields.merged().error(fields.message(), fields.name()) : null;
  }

  /** Reads a document as far as it is JSON. */
  void readAll(String text) {
    try {
      read(new JsonCursor(ErrorText.mended(text).getBytes(UTF_8)));
    } catch (JsonSyntaxException cut) {
      // What was read before it stands.
    }
  }

  private static String text(JsonCursor json) {
    return json.kind() == JsonKind.STRING ? json.string() : skip(json, "");
  }

  private static String skip(JsonCursor json, String kept) {
    json.skip();
    return kept;
  }
}
