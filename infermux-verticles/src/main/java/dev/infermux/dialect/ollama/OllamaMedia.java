package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.infermux.dialect.chat.ContentPart;
import dev.infermux.dialect.chat.Losses;
import dev.infermux.json.JsonText;
import java.util.Base64;

/** Finds out what an attachment is by its first bytes: Ollama's requests do not say. */
final class OllamaMedia {

  /** Characters of base64 that hold the first twelve bytes. */
  private static final int HEAD = 16;

  private OllamaMedia() {}

  /**
   * An attachment as a part of a turn.
   *
   * @param where for the error
   */
  static ContentPart of(JsonText base64, String where) {
    String head = head(base64);
    if (head.startsWith("\u0089PNG")) {
      return image("image/png", base64);
    } else if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return image("image/jpeg", base64);
    } else if (head.startsWith("GIF8")) {
      return image("image/gif", base64);
    } else if (head.startsWith("RIFF") && head.startsWith("WEBP", 8)) {
      return image("image/webp", base64);
    } else if (head.startsWith("RIFF") && head.startsWith("WAVE", 8)) {
      return new ContentPart.Audio("wav", base64);
    } else if (head.startsWith("ID3")) {
      return new ContentPart.Audio("mp3", base64);
    }
    throw Losses.refused(where, "neither PNG, JPEG, GIF, WebP, WAV nor MP3 in base64");
  }

  private static ContentPart image(String mediaType, JsonText base64) {
    return new ContentPart.Image(new ContentPart.Source.Inline(mediaType, base64));
  }

  /** A slash may be escaped in JSON. */
  private static String head(JsonText base64) {
    int length = Math.min(base64.length(), 2 * HEAD);
    String spelt = new String(base64.bytes(), base64.from(), length, ISO_8859_1).replace("\\", "");
    String head = spelt.substring(0, Math.min(HEAD, spelt.length() / 4 * 4));
    try {
      return new String(Base64.getDecoder().decode(head), ISO_8859_1);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
