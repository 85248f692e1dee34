package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.inference.Answer;
import dev.infermux.inference.End;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Checks a whole answer in one pass and takes from it what routing and accounting need. */
final class AnswerReader {

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] CHOICES = "choices".getBytes(US_ASCII);
  private static final byte[] DATA = "data".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);
  private static final byte[] FINISH_REASON = "finish_reason".getBytes(US_ASCII);

  private final JsonCursor json;
  private final byte[] payload;
  private String model = "";
  private @Nullable Usage usage;
  private @Nullable String finishReason;
  private long contentChars;
  private boolean answered;
  private boolean error;

  private AnswerReader(Operation operation, JsonCursor json) {
    this.json = json;
    this.payload = operation == Operation.EMBEDDINGS ? DATA : CHOICES;
  }

  /**
   * Reads a body.
   *
   * @throws dev.infermux.json.JsonSyntaxException when it is not JSON
   */
  static AnswerReader read(Operation operation, byte[] bytes, int from, int to) {
    AnswerReader reader = new AnswerReader(operation, new JsonCursor(bytes, from, to));
    reader.document();
    return reader;
  }

  /** Whether the body says that something failed. */
  boolean failed() {
    return error;
  }

  /** Whether the body has what the operation asks for: choices, or embeddings. */
  boolean answered() {
    return answered;
  }

  Answer answer(Buffer body) {
    return Answer.whole(body, End.whole(model, usage, finishReason, contentChars));
  }

  private void document() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(payload) && json.kind() == JsonKind.ARRAY) {
        payload();
      } else if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
        model = json.string();
      } else if (json.nameIs(USAGE)) {
        usage = UsageReader.read(json);
      } else if (json.nameIs(ERROR)) {
        error |= ErrorBody.told(json);
      } else {
        json.skip();
      }
    }
    json.end();
  }

  private void payload() {
    json.enterArray();
    while (json.nextElement()) {
      answered = true;
      if (payload == CHOICES && json.kind() == JsonKind.OBJECT) {
        choice();
      } else {
        json.skip();
      }
    }
  }

  private void choice() {
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(FINISH_REASON) && json.kind() == JsonKind.STRING) {
        String reason = json.string();
        finishReason = finishReason == null ? reason : finishReason;
      } else {
        contentChars += ContentReader.field(json);
      }
    }
  }
}
