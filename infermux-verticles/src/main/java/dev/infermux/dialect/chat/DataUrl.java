package dev.infermux.dialect.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.chat.ContentPart.Source;
import dev.infermux.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes {@code data:} URLs apart; the base64 in them stays a view wherever it is clean. */
final class DataUrl {

  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";

  /** No header of a sound URL is longer. */
  private static final int LONGEST_HEAD = 512;

  private DataUrl() {}

  /** Where the bytes of a URL are; null when it is a {@code data:} URL that is not base64. */
  static @Nullable Source source(JsonText url) {
    if (!url.startsWith(SCHEME)) {
      return new Source.Address(url);
    }
    int comma = url.indexOf(',');
    if (comma < 0 || comma > LONGEST_HEAD) {
      return null;
    }
    JsonText head = new JsonText(url.bytes(), url.from() + SCHEME.length(), url.from() + comma);
    String type = head.decoded().toLowerCase(Locale.ROOT);
    return type.endsWith(BASE64)
        ? new Source.Inline(mediaType(type), clean(url.after(comma + 1)))
        : null;
  }

  /** The type without its parameters. */
  private static String mediaType(String head) {
    int end = head.indexOf(';');
    String type = head.substring(0, end).strip();
    return type.equals("image/jpg") ? "image/jpeg" : type;
  }

  /** Base64 without white space; escaped slashes may stay, since every JSON string takes them. */
  static JsonText clean(JsonText base64) {
    byte[] bytes = base64.bytes();
    for (int at = base64.from(); at < base64.to(); at++) {
      byte b = bytes[at];
      if (b == '\\' && bytes[at + 1] == '/') {
        at++;
      } else if (b == '\\' || b == ' ') {
        return stripped(base64);
      }
    }
    return base64;
  }

  private static JsonText stripped(JsonText base64) {
    byte[] decoded = base64.decoded().getBytes(US_ASCII);
    ByteArrayOutputStream kept = new ByteArrayOutputStream(decoded.length);
    for (byte b : decoded) {
      if (b > ' ' && b != '"' && b != '\\') {
        kept.write(b);
      }
    }
    return new JsonText(kept.toByteArray(), 0, kept.size());
  }
}
