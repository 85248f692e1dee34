package dev.infermux.dialect.openai;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.inference.Answer;
import dev.infermux.inference.End;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the answer to a request for embeddings in one pass, and sees whether clients can read it:
 * above all whether its vectors are in the encoding that was asked for (see {@link VectorRepair}).
 */
final class VectorAnswer {

  private final @Nullable JsonKind asked;
  private final byte[] bytes;
  private final JsonCursor json;
  private String model = "";
  private @Nullable Usage usage;
  private int vectors;
  private boolean typed;
  private boolean counted;
  private boolean error;
  private boolean odd;

  private VectorAnswer(@Nullable JsonKind asked, byte[] bytes, int from, int to) {
    this.asked = asked;
    this.bytes = bytes;
    this.json = new JsonCursor(bytes, from, to);
  }

  /**
   * Reads a body.
   *
   * @param asked as what vectors were asked for, see {@link #asked}
   * @throws dev.infermux.json.JsonSyntaxException when it is not JSON
   */
  static VectorAnswer read(@Nullable JsonKind asked, byte[] bytes, int from, int to) {
    VectorAnswer answer = new VectorAnswer(asked, bytes, from, to);
    answer.document();
    return answer;
  }

  /**
   * As what a request asks for its vectors: a string, which is base64, or an array; null = in some
   * other encoding.
   */
  static @Nullable JsonKind asked(byte[] request) {
    String format = "float";
    JsonCursor json = new JsonCursor(request);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.ENCODING_FORMAT) && json.kind() == JsonKind.STRING) {
        format = json.string();
      } else {
        json.skip();
      }
    }
    return format.equals("base64")
        ? JsonKind.STRING
        : format.equals("float") ? JsonKind.ARRAY : null;
  }

  /** Whether the body says that something failed. */
  boolean failed() {
    return error;
  }

  /** Whether the body has vectors. */
  boolean answered() {
    return vectors > 0;
  }

  /** Whether some client is known to break on it. */
  boolean odd() {
    return odd || !typed || !counted || model.isEmpty();
  }

  Answer answer(Buffer body) {
    return Answer.whole(body, End.whole(model, usage, null, 0));
  }

  private void document() {
    json.enterObject();
    while (json.nextField()) {
      boolean text = json.kind() == JsonKind.STRING;
      if (json.nameIs(OpenAiFields.DATA) && json.kind() == JsonKind.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          vectors++;
          vector();
        }
      } else if (json.nameIs(OpenAiFields.MODEL) && text) {
        model = json.string();
      } else if (json.nameIs(OpenAiFields.OBJECT) && text) {
        typed = !json.isEmptyString();
      } else if (json.nameIs(OpenAiFields.USAGE)) {
        usage();
      } else if (json.nameIs(OpenAiFields.ERROR)) {
        error |= ErrorBody.told(json);
        odd = true;
      } else {
        json.skip();
      }
    }
    json.end();
  }

  private void usage() {
    boolean object = json.kind() == JsonKind.OBJECT;
    int from = json.position();
    usage = UsageReader.read(json);
    counted = object && RequiredCounters.ofEmbeddings(new JsonCursor(bytes, from, json.position()));
  }

  private void vector() {
    if (json.kind() != JsonKind.OBJECT) {
      odd = true;
      json.skip();
      return;
    }
    int given = 0;
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      if (json.nameIs(OpenAiFields.EMBEDDING)) {
        given += asked == null || kind == asked ? 1 : 0;
        json.skip();
      } else if (json.nameIs(OpenAiFields.INDEX) && kind == JsonKind.NUMBER) {
        given += OpenAiNumbers.whole(json, -1) >= 0 ? 1 : 0;
      } else if (json.nameIs(OpenAiFields.OBJECT) && kind == JsonKind.STRING) {
        given += json.isEmptyString() ? 0 : 1;
      } else {
        json.skip();
      }
    }
    odd |= given != 3;
  }
}
