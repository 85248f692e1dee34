package dev.infermux.dialect.ollama;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.TokenCounts;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.JsonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One object that a server answers with: a whole answer, or a line of a streamed one. All endpoints
 * but those of embeddings share its fields. Texts are views of the bytes that were read.
 */
final class OllamaObject {

  /** The end of an answer with calls of tools, in OpenAI's word. */
  static final String CALLED = "tool_calls";

  private static final byte[] MODEL = "model".getBytes(US_ASCII);
  private static final byte[] CREATED_AT = "created_at".getBytes(US_ASCII);
  private static final byte[] MESSAGE = "message".getBytes(US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(US_ASCII);
  private static final byte[] RESPONSE = "response".getBytes(US_ASCII);
  private static final byte[] THINKING = "thinking".getBytes(US_ASCII);
  private static final byte[] TOOL_CALLS = "tool_calls".getBytes(US_ASCII);
  private static final byte[] DONE = "done".getBytes(US_ASCII);
  private static final byte[] DONE_REASON = "done_reason".getBytes(US_ASCII);
  private static final byte[] PROMPT_EVAL_COUNT = "prompt_eval_count".getBytes(US_ASCII);
  private static final byte[] EVAL_COUNT = "eval_count".getBytes(US_ASCII);
  private static final byte[] EMBEDDINGS = "embeddings".getBytes(US_ASCII);
  private static final byte[] EMBEDDING = "embedding".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);

  private String model = "";
  private JsonText createdAt = JsonText.EMPTY;
  private JsonText text = JsonText.EMPTY;
  private JsonText thinking = JsonText.EMPTY;
  private List<OllamaToolCall> calls = List.of();
  private String doneReason = "";
  private @Nullable TokenCounts counts;
  private long promptTokens;
  private long completionTokens;
  private boolean done;
  private boolean speaks;
  private boolean embeds;
  private boolean failed;

  private OllamaObject() {}

  /**
   * Reads an object.
   *
   * @throws JsonSyntaxException when it is none
   */
  static OllamaObject read(byte[] bytes, int from, int to) {
    OllamaObject object = new OllamaObject();
    JsonCursor json = new JsonCursor(bytes, from, to);
    json.enterObject();
    while (json.nextField()) {
      object.field(json);
    }
    json.end();
    return object;
  }

  /** Empty when it is not said. */
  String model() {
    return model;
  }

  JsonText createdAt() {
    return createdAt;
  }

  /** What the model says; empty when nothing. */
  JsonText text() {
    return text;
  }

  JsonText thinking() {
    return thinking;
  }

  List<OllamaToolCall> calls() {
    return calls;
  }

  /** Whether it is the last of its answer. */
  boolean done() {
    return done;
  }

  /** Why the answer ends; empty when it is not said. */
  String doneReason() {
    return doneReason;
  }

  /**
   * The same, as the call's record and callers of MIST read it: Ollama has no word for calls.
   *
   * @param called whether the answer had calls of tools by now
   */
  String endReason(boolean called) {
    return called && doneReason.equals("stop") ? CALLED : doneReason;
  }

  /** What is counted, which only the last object does; null = nothing. */
  @Nullable Usage usage() {
    if (counts == null) {
      return null;
    }
    // A prompt that the server had in its cache may not be counted.
    return promptTokens == 0 && completionTokens == 0 && !counts.isAbsurd()
        ? null
        : counts.of(Usage.reported(promptTokens, completionTokens));
  }

  /** Few events count. */
  private TokenCounts counts() {
    if (counts == null) {
      counts = new TokenCounts();
    }
    return counts;
  }

  /** Characters that the model wrote. */
  long contentChars() {
    long characters = text.characters() + thinking.characters();
    for (OllamaToolCall call : calls) {
      characters += call.name().length() + call.arguments().length();
    }
    return characters;
  }

  /** Whether it is a part of an answer of text. */
  boolean speaks() {
    return speaks;
  }

  /** Whether it has vectors. */
  boolean embeds() {
    return embeds;
  }

  /** Whether it is an error. */
  boolean failed() {
    return failed;
  }

  private void field(JsonCursor json) {
    if (json.nameIs(MESSAGE) && json.kind() == JsonKind.OBJECT) {
      speaks = true;
      json.enterObject();
      while (json.nextField()) {
        said(json, CONTENT);
      }
    } else if (json.nameIs(RESPONSE)) {
      speaks = true;
      said(json, RESPONSE);
    } else if (json.nameIs(MODEL) && json.kind() == JsonKind.STRING) {
      model = json.string();
    } else if (json.nameIs(CREATED_AT) && json.kind() == JsonKind.STRING) {
      createdAt = json.text();
    } else if (json.nameIs(DONE) && json.kind() == JsonKind.BOOLEAN) {
      done = json.booleanValue();
    } else if (json.nameIs(DONE_REASON) && json.kind() == JsonKind.STRING) {
      doneReason = json.string();
    } else if (json.nameIs(PROMPT_EVAL_COUNT)) {
      promptTokens = counts().read(json, 0);
    } else if (json.nameIs(EVAL_COUNT)) {
      completionTokens = counts().read(json, 0);
    } else {
      rest(json);
    }
  }

  private void rest(JsonCursor json) {
    if (json.nameIs(ERROR)) {
      failed |= ErrorBody.told(json);
    } else if (json.nameIs(EMBEDDINGS) || json.nameIs(EMBEDDING)) {
      embeds |= json.kind() == JsonKind.ARRAY;
      json.skip();
    } else {
      said(json, RESPONSE);
    }
  }

  private void said(JsonCursor json, byte[] content) {
    if (json.nameIs(content) && json.kind() == JsonKind.STRING) {
      text = json.text();
    } else if (json.nameIs(THINKING) && json.kind() == JsonKind.STRING) {
      thinking = json.text();
    } else if (json.nameIs(TOOL_CALLS)) {
      calls = OllamaToolCall.list(json);
    } else {
      json.skip();
    }
  }
}
