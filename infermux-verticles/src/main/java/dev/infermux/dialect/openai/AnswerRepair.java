package dev.infermux.dialect.openai;

import dev.infermux.dialect.openai.HeadRepair.Identity;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * Brings a whole answer that some client would break on into the profile that all clients take:
 * each choice has its index, a message with a role and with content that is text or null, and a
 * reason to end that clients know; calls of tools are absent rather than none, and their arguments
 * are text. Values that are not touched keep their spelling.
 */
final class AnswerRepair {

  private static final JsonSlice NO_MESSAGE = JsonSlice.of("{}");

  private final boolean chat;
  private final String callPrefix;
  private final Identity fallback;

  AnswerRepair(Attempt attempt) {
    this.chat = attempt.call().operation() == Operation.CHAT;
    String request = attempt.call().requestId();
    this.callPrefix = "call_" + request;
    this.fallback =
        new Identity(
            (chat ? "chatcmpl-" : "cmpl-") + request,
            attempt.model(),
            attempt.call().startedEpochNanos() / 1_000_000_000);
  }

  /**
   * The answer as every client takes it.
   *
   * @param counted what the gateway read in its usage; null = nothing
   */
  byte[] repaired(byte[] answer, int from, int to, @Nullable Usage counted) {
    JsonOutput out = new JsonOutput(to - from + 256).object();
    HeadRepair head = new HeadRepair(chat ? "chat.completion" : "text_completion", fallback);
    JsonCursor json = new JsonCursor(answer, from, to);
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(OpenAiFields.CHOICES) && json.kind() == JsonKind.ARRAY) {
        choices(json, out.name("choices"));
      } else if (json.nameIs(OpenAiFields.ERROR)) {
        json.skip();
      } else if (json.nameIs(OpenAiFields.USAGE) && json.kind() == JsonKind.OBJECT) {
        UsageReport report = new UsageReport(json.value());
        if (!report.isEmpty(counted)) {
          report.write(out.name("usage"), counted);
        }
      } else {
        head.field(json, out);
      }
    }
    head.rest(out);
    return out.endObject().toBytes();
  }

  private void choices(JsonCursor json, JsonOutput out) {
    out.array();
    json.enterArray();
    for (int position = 0; json.nextElement(); position++) {
      if (json.kind() == JsonKind.OBJECT) {
        choice(json, position, out);
      } else {
        json.skip();
      }
    }
    out.endArray();
  }

  private void choice(JsonCursor json, int position, JsonOutput out) {
    boolean indexed = false;
    boolean said = false;
    JsonSlice delta = null;
    JsonSlice completion = null;
    out.object();
    json.enterObject();
    while (json.nextField()) {
      boolean object = json.kind() == JsonKind.OBJECT;
      boolean text = json.kind() == JsonKind.STRING;
      if (json.nameIs(OpenAiFields.INDEX)) {
        indexed = true;
        index(json.value(), position, out);
      } else if (chat && json.nameIs(OpenAiFields.MESSAGE) && object) {
        said = true;
        message(json.value(), position, out.name("message"));
      } else if (chat && json.nameIs(OpenAiFields.DELTA) && object) {
        delta = json.value();
      } else if (!chat && json.nameIs(OpenAiFields.TEXT) && text) {
        said = true;
        out.field("text", json.value());
      } else if (chat && json.nameIs(OpenAiFields.TEXT) && text) {
        completion = json.value();
      } else if (json.nameIs(OpenAiFields.FINISH_REASON) && text) {
        out.field("finish_reason", FinishReasons.known(json.string()));
      } else if (json.nameIs(OpenAiFields.ERROR)
          || json.nameIs(chat ? OpenAiFields.MESSAGE : OpenAiFields.TEXT)) {
        json.skip();
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    if (!indexed) {
      out.field("index", position);
    }
    if (!said) {
      unsaid(delta, completion, position, out);
    }
    out.endObject();
  }

  /** The delta of a stream, or the text of a legacy completion, stands for a chat's message. */
  private void unsaid(
      @Nullable JsonSlice delta, @Nullable JsonSlice completion, int position, JsonOutput out) {
    if (!chat) {
      out.field("text", "");
      return;
    }
    JsonSlice message = delta == null ? NO_MESSAGE : delta;
    if (delta == null && completion != null) {
      message = new JsonOutput().object().field("content", completion).endObject().slice();
    }
    message(message, position, out.name("message"));
  }

  private static void index(JsonSlice value, int position, JsonOutput out) {
    boolean whole = value.kind() == JsonKind.NUMBER && OpenAiNumbers.whole(value.cursor(), -1) >= 0;
    if (whole) {
      out.field("index", value);
    } else {
      out.field("index", position);
    }
  }

  private void message(JsonSlice message, int choice, JsonOutput out) {
    boolean role = false;
    boolean content = false;
    JsonCursor json = message.cursor();
    out.object();
    json.enterObject();
    while (json.nextField()) {
      JsonKind kind = json.kind();
      if (json.nameIs(OpenAiFields.ROLE)) {
        JsonSlice value = json.value();
        role = kind == JsonKind.STRING && value.length() > 2;
        out.field("role", role ? value : JsonSlice.of("\"assistant\""));
        role = true;
      } else if (json.nameIs(OpenAiFields.CONTENT)) {
        content = true;
        ContentText.write(json.value(), out);
      } else if (json.nameIs(OpenAiFields.TOOL_CALLS)) {
        new ToolCallRepair(callPrefix, choice).write(json.value(), out);
      } else {
        out.name(JsonText.of(json.name())).value(json.value());
      }
    }
    if (!role) {
      out.field("role", "assistant");
    }
    if (!content) {
      out.name("content").nothing();
    }
    out.endObject();
  }
}
