package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;

/** Rare edits of a request body; the bytes around them stay the caller's own. */
final class BodyEdits {

  private static final byte[] MAX_TOKENS = "max_tokens".getBytes(US_ASCII);
  private static final byte[] MAX_COMPLETION_TOKENS = "max_completion_tokens".getBytes(US_ASCII);

  /** Models that refuse {@code max_tokens}; all others of the dialect know it. */
  private static final Pattern REASONING = Pattern.compile("(?:.*/)?(?:o\\d|gpt-[5-9]).*");

  private final byte[] body;
  private final ByteArrayOutputStream out;
  private int copied;

  private BodyEdits(byte[] body) {
    this.body = body;
    this.out = new ByteArrayOutputStream(body.length + 40);
  }

  /** Lowers each maximum that the body gives, or adds one where it gives none. */
  static byte[] maxTokens(OpenAiRequestBody asked, long most) {
    return new BodyEdits(asked.bytes()).lower(asked.model(), most);
  }

  private byte[] lower(String model, long most) {
    boolean given = false;
    JsonCursor json = new JsonCursor(body);
    json.enterObject();
    int inside = json.position();
    while (json.nextField()) {
      boolean maximum = json.nameIs(MAX_TOKENS) || json.nameIs(MAX_COMPLETION_TOKENS);
      if (!maximum || json.kind() != JsonKind.NUMBER) {
        json.skip();
        continue;
      }
      given = true;
      int from = json.position();
      long now = json.longValue();
      copyTo(from);
      write(Long.toString(now == 0 ? most : Math.min(now, most)));
      copied = json.position();
    }
    copyTo(body.length);
    return given ? out.toByteArray() : added(inside, model, most);
  }

  private byte[] added(int inside, String model, long most) {
    out.reset();
    copied = 0;
    copyTo(inside);
    boolean reasoning = REASONING.matcher(model).matches();
    String field = new String(reasoning ? MAX_COMPLETION_TOKENS : MAX_TOKENS, US_ASCII);
    write("\"" + field + "\":" + most + ",");
    copyTo(body.length);
    return out.toByteArray();
  }

  private void copyTo(int end) {
    out.write(body, copied, end - copied);
    copied = end;
  }

  private void write(String piece) {
    byte[] bytes = piece.getBytes(UTF_8);
    out.write(bytes, 0, bytes.length);
  }
}
