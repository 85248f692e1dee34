package dev.infermux.dialect;

import dev.infermux.inference.Shortened;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads an error in whatever shape a provider gives it: the JSON of every dialect, JSON in the
 * framing of a stream, plain words, or a page. docs/errors.md lists the shapes.
 *
 * <p>No body fails it: of one that is cut off, what stands before the cut is read. It takes time
 * that is linear in the body, of which the first 64 KiB count.
 */
public final class ErrorBody {

  /** The part of a body that is read. */
  public static final int MOST_BYTES = 64 << 10;

  private static final int LONGEST_PLAIN_TEXT = 1_000;
  private static final String AWS_TYPE = "x-amzn-errortype";

  private ErrorBody() {}

  /** The error in an answer of an error status. */
  public static ProviderError of(ErrorResponse response) {
    String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
    byte[] body = response.body().getBytes();
    ProviderError error = read(body, 0, body.length, type == null ? "" : type);
    String named = response.headers().get(AWS_TYPE);
    return named == null || !error.type().isEmpty()
        ? error
        : new ProviderError(
            error.message(),
            error.code(),
            ErrorCodes.afterHash(named),
            error.param(),
            error.status(),
            error.askAgain());
  }

  /**
   * The error in an answer that began as a success, or in an event of a stream, which is known to
   * have failed.
   */
  public static ProviderError read(byte[] body, int from, int to) {
    ProviderError found = find(body, from, to);
    return found == null ? read(body, from, to, "") : found;
  }

  private static ProviderError read(byte[] body, int from, int to, String contentType) {
    int end = Math.min(to, from + MOST_BYTES);
    String text = ErrorFraming.unframed(ErrorCharset.decoded(body, from, end, contentType));
    if (text.isEmpty()) {
      return ProviderError.UNREADABLE;
    }
    if ("{[\"".indexOf(text.charAt(0)) >= 0) {
      ProviderError json = json(text, false);
      // What looks like JSON and is none, as Python prints it, may have words all the same.
      return json != null ? json : text.startsWith("{'") ? plain(text) : ProviderError.UNREADABLE;
    }
    String kind = contentType.toLowerCase(Locale.ROOT);
    return ErrorPage.is(text, kind) ? ErrorPage.read(text) : plain(text);
  }

  /**
   * The error that a JSON document is which is no answer; null when it does not look like one. Its
   * objects are searched too, for an error that stands in a part of an answer.
   */
  public static @Nullable ProviderError find(byte[] json, int from, int to) {
    String text = ErrorCharset.decoded(json, from, Math.min(to, from + MOST_BYTES), "");
    return text.startsWith("{") || text.startsWith("[") ? json(text, true) : null;
  }

  private static @Nullable ProviderError json(String text, boolean search) {
    ErrorFields fields = new ErrorFields(search, 0);
    fields.readAll(text);
    return (search ? fields.isError() : fields.says()) ? fields.error() : null;
  }

  /**
   * Consumes the value of a field {@code error}: whether it says anything. Some providers send an
   * empty one beside each answer.
   */
  public static boolean told(JsonCursor json) {
    switch (json.kind()) {
      case NULL -> {
        json.skip();
        return false;
      }
      case BOOLEAN -> {
        return json.booleanValue();
      }
      case STRING -> {
        return !json.string().isBlank();
      }
      case NUMBER -> {
        return !json.value().toString().matches("-?0+(\\.0+)?");
      }
      default -> {
        return toldInside(json, json.kind() == JsonKind.OBJECT);
      }
    }
  }

  private static boolean toldInside(JsonCursor json, boolean object) {
    boolean told = false;
    if (object) {
      json.enterObject();
      while (json.nextField()) {
        told |= told(json);
      }
    } else {
      json.enterArray();
      while (json.nextElement()) {
        told |= told(json);
      }
    }
    return told;
  }

  /** Words of a proxy, up to where markup begins. */
  private static ProviderError plain(String text) {
    String words = ErrorPage.beforeMarkup(text).strip();
    boolean nothing = words.equals("null") || words.equals("true") || words.equals("false");
    boolean readable =
        !nothing && words.chars().anyMatch(Character::isLetter) && words.indexOf('\u0000') < 0;
    return !readable
        ? ProviderError.UNREADABLE
        : new ProviderError(Shortened.beginning(words, LONGEST_PLAIN_TEXT), "", "", null, 0);
  }
}
