package dev.infermux.dialect.openai;

import dev.infermux.dialect.Completeness;
import dev.infermux.dialect.ErrorBody;
import dev.infermux.inference.Answer;
import dev.infermux.inference.End;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks a whole answer in one pass, takes from it what routing and accounting need, and sees
 * whether it keeps to the profile that all clients take (see {@link AnswerRepair}).
 */
final class AnswerReader {

  private static final int ALL_HEAD_FIELDS = 4;

  private final boolean chat;
  private final byte[] bytes;
  private final JsonCursor json;
  private final Completeness completeness = new Completeness(1);
  private String model = "";
  private String tier = "";
  private @Nullable Usage usage;
  private String finishReason = "";
  private String errorReason = "";
  private long contentChars;
  private int choices;
  private int headFields;
  private boolean error;
  private boolean odd;

  private AnswerReader(boolean chat, byte[] bytes, int from, int to) {
    this.chat = chat;
    this.bytes = bytes;
    this.json = new JsonCursor(bytes, from, to);
  }

  /**
   * Reads a body.
   *
   * @param chat whether it answers a chat; else a legacy completion
   * @throws dev.infermux.json.JsonSyntaxException when it is not JSON
   */
  static AnswerReader read(boolean chat, byte[] bytes, int from, int to) {
    AnswerReader reader = new AnswerReader(chat, bytes, from, to);
    reader.document();
    return reader;
  }

  /** Whether the body, or a choice in it, says that something failed. */
  boolean failed() {
    return error;
  }

  /** The word of a choice that stands for a failure; empty when there is none. */
  String errorReason() {
    return errorReason;
  }

  /** Whether the body has choices. */
  boolean answered() {
    return choices > 0;
  }

  /** Whether each choice has given its reason to end. */
  boolean whole() {
    return completeness.whole();
  }

  /** What was counted; null = nothing. */
  @Nullable Usage counted() {
    return usage;
  }

  /** Whether some client is known to break on it. */
  boolean odd() {
    return odd || headFields != ALL_HEAD_FIELDS;
  }

  Answer answer(Buffer body) {
    Usage used = usage == null ? null : usage.inTier(tier);
    return Answer.whole(body, End.whole(model, used, finishReason, contentChars));
  }

  private void document() {
    json.enterObject();
    while (json.nextField()) {
      boolean text = json.kind() == JsonKind.STRING;
      if (json.nameIs(OpenAiFields.CHOICES) && json.kind() == JsonKind.ARRAY) {
        choices();
      } else if (json.nameIs(OpenAiFields.MODEL) && text) {
        model = json.string();
        headFields += model.isEmpty() ? 0 : 1;
      } else if (text && (json.nameIs(OpenAiFields.ID) || json.nameIs(OpenAiFields.OBJECT))) {
        headFields += json.isEmptyString() ? 0 : 1;
      } else if (json.nameIs(OpenAiFields.CREATED) && json.kind() == JsonKind.NUMBER) {
        headFields += OpenAiNumbers.whole(json, -1) >= 0 ? 1 : 0;
      } else if (text && json.nameIs(OpenAiFields.SERVICE_TIER)) {
        tier = json.string();
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
    int to = json.position();
    odd |= object && !RequiredCounters.ofChat(new JsonCursor(bytes, from, to));
  }

  private void choices() {
    json.enterArray();
    while (json.nextElement()) {
      int position = choices++;
      completeness.begins(position);
      if (json.kind() == JsonKind.OBJECT) {
        choice(position);
      } else {
        json.skip();
      }
    }
  }

  private void choice(int position) {
    boolean indexed = false;
    boolean content = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.FINISH_REASON) && json.kind() == JsonKind.STRING) {
        reason(position, json.string());
      } else if (json.nameIs(OpenAiFields.INDEX) && json.kind() == JsonKind.NUMBER) {
        indexed = OpenAiNumbers.whole(json, -1) >= 0;
      } else if (chat && json.nameIs(OpenAiFields.MESSAGE) && json.kind() == JsonKind.OBJECT) {
        content = true;
        message();
      } else if (json.nameIs(OpenAiFields.ERROR)) {
        error |= ErrorBody.told(json);
        odd = true;
      } else {
        content |= !chat && json.nameIs(OpenAiFields.TEXT) && json.kind() == JsonKind.STRING;
        contentChars += ContentReader.field(json);
      }
    }
    odd |= !indexed || !content;
  }

  private void reason(int position, String word) {
    String known = FinishReasons.known(word);
    odd |= !known.equals(word);
    if (known.equals(FinishReasons.ERROR)) {
      errorReason = word;
    }
    completeness.ends(position, known);
    finishReason = finishReason.isEmpty() ? known : finishReason;
  }

  private void message() {
    boolean role = false;
    boolean content = false;
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      if (json.nameIs(OpenAiFields.ROLE)) {
        role = kind == JsonKind.STRING && !json.isEmptyString();
        if (kind != JsonKind.STRING) {
          json.skip();
        }
      } else if (json.nameIs(OpenAiFields.CONTENT)) {
        content = kind == JsonKind.STRING || kind == JsonKind.NULL;
        contentChars += ContentReader.field(json);
      } else if (json.nameIs(OpenAiFields.TOOL_CALLS)) {
        ToolCallReader calls = new ToolCallReader();
        contentChars += calls.read(json);
        odd |= calls.odd();
      } else {
        contentChars += ContentReader.field(json);
      }
    }
    odd |= !role || !content;
  }
}
