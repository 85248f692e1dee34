package dev.infermux.dialect.openai;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Begin;
import dev.infermux.dialect.chat.ChatEvent.CallArguments;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Refusal;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Thinking;
import dev.infermux.dialect.chat.ChatEvent.Used;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts the events of one answer, and writes them as a whole one. */
final class ChatAnswerWriter {

  private final Attempt attempt;
  private final AnswerHead head;
  private final List<JsonText> texts = new ArrayList<>();
  private final List<JsonText> thoughts = new ArrayList<>();
  private final List<JsonText> refusals = new ArrayList<>();
  private final List<ToolCallText> calls = new ArrayList<>();
  private FinishReason reason = FinishReason.STOP;
  private boolean deprecated;
  private @Nullable Usage usage;

  ChatAnswerWriter(List<ChatEvent> events, Attempt attempt, String idPrefix) {
    this.attempt = attempt;
    this.head = AnswerHead.of(events, attempt, idPrefix);
    events.forEach(this::take);
  }

  private void take(ChatEvent event) {
    if (event instanceof Text text) {
      texts.add(text.text());
    } else if (event instanceof Thinking thinking) {
      thoughts.add(thinking.text());
    } else if (event instanceof Refusal refusal) {
      refusals.add(refusal.text());
    } else if (event instanceof CallBegins call) {
      calls.add(new ToolCallText(CallIds.of(call, attempt), call.name(), new ArrayList<>()));
    } else if (event instanceof CallArguments arguments) {
      calls.get(arguments.index()).arguments().add(arguments.json());
    } else if (event instanceof Finish finish) {
      reason = finish.reason();
    } else if (event instanceof Used used) {
      usage = used.usage().after(usage);
    } else if (event instanceof Begin begin && begin.usage() != null) {
      usage = begin.usage();
    }
  }

  Buffer chat() {
    JsonOutput out = open("chat.completion");
    out.name("message").object().field("role", "assistant").name("content");
    if (texts.isEmpty() && !calls.isEmpty()) {
      out.nothing();
    } else {
      text(out, texts);
    }
    out.name("refusal");
    if (refusals.isEmpty()) {
      out.nothing();
    } else {
      text(out, refusals);
    }
    if (!thoughts.isEmpty()) {
      text(out.name("reasoning_content"), thoughts);
    }
    if (!calls.isEmpty() && DeprecatedFunctions.asked(attempt)) {
      deprecated = true;
      function(out.name("function_call"), calls.get(0));
    } else if (!calls.isEmpty()) {
      out.name("tool_calls").array();
      calls.forEach(call -> call(out, call));
      out.endArray();
    }
    return closed(out.endObject());
  }

  Buffer completion() {
    JsonOutput out = open("text_completion");
    texts.addAll(refusals);
    text(out.name("text"), texts);
    return closed(out);
  }

  private JsonOutput open(String object) {
    JsonOutput out = head.open(new JsonOutput(1_024), object);
    return out.name("choices").array().object().field("index", 0);
  }

  private Buffer closed(JsonOutput out) {
    String name = DeprecatedFunctions.name(reason, deprecated);
    out.name("logprobs").nothing().field("finish_reason", name);
    out.endObject().endArray();
    if (usage != null) {
      UsageWriter.write(out, usage);
    }
    return Buffer.buffer(out.endObject().toBytes());
  }

  private static void text(JsonOutput out, List<JsonText> pieces) {
    out.openString();
    pieces.forEach(out::piece);
    out.closeString();
  }

  private static void call(JsonOutput out, ToolCallText call) {
    out.object().field("id", call.id()).field("type", "function");
    function(out.name("function"), call);
    out.endObject();
  }

  private static void function(JsonOutput out, ToolCallText call) {
    out.object().field("name", call.name()).name("arguments");
    if (call.arguments().stream().allMatch(JsonText::isBlank)) {
      out.string("{}");
    } else {
      text(out, call.arguments());
    }
    out.endObject();
  }

  private record ToolCallText(String id, String name, List<JsonText> arguments) {}
}
