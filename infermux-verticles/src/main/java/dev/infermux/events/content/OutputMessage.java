package dev.infermux.events.content;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.CallArguments;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Refusal;
import dev.infermux.dialect.chat.ChatEvent.Text;
import dev.infermux.dialect.chat.ChatEvent.Thinking;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Gathers an answer's events into one message of the GenAI conventions. */
final class OutputMessage {

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<Call> calls = new ArrayList<>(0);
  private String finish = "";
  private boolean unreadable;

  /** A call of a tool. */
  private record Call(String id, String name, StringBuilder arguments) {}

  /** Takes the next event, whose texts are decoded at once: they are valid only now. */
  void add(ChatEvent event) {
    if (event instanceof Text piece) {
      append(text, piece.text());
    } else if (event instanceof Refusal refusal) {
      append(text, refusal.text());
    } else if (event instanceof Thinking piece) {
      append(thinking, piece.text());
    } else if (event instanceof CallBegins begins) {
      calls.add(new Call(begins.id(), begins.name(), new StringBuilder()));
    } else if (event instanceof CallArguments piece && piece.index() < calls.size()) {
      append(calls.get(piece.index()).arguments(), piece.json());
    } else if (event instanceof Finish end) {
      finish = word(end.reason());
    }
  }

  /** A part of the answer cannot be read. */
  void unreadable() {
    unreadable = true;
  }

  /** Empty where nothing was answered. */
  String json() {
    boolean nothing = text.isEmpty() && thinking.isEmpty() && calls.isEmpty() && finish.isEmpty();
    if (nothing) {
      return "";
    }
    JsonOutput json = new JsonOutput();
    json.array().object().field("role", "assistant").name("parts").array();
    if (!thinking.isEmpty()) {
      json.object().field("type", "reasoning").field("content", thinking.toString()).endObject();
    }
    if (!text.isEmpty()) {
      json.object().field("type", "text").field("content", text.toString()).endObject();
    }
    for (Call call : calls) {
      json.object().field("type", "tool_call").field("id", call.id()).field("name", call.name());
      arguments(json, call.arguments().toString());
      json.endObject();
    }
    json.endArray().field("finish_reason", finish.isEmpty() ? "error" : finish);
    if (unreadable) {
      json.field("incomplete", true);
    }
    return json.endObject().endArray().toString();
  }

  /** As JSON where it is some; a call that was cut has its arguments as text. */
  private static void arguments(JsonOutput json, String arguments) {
    byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
    try {
      JsonCursor cursor = new JsonCursor(bytes);
      JsonSlice value = cursor.value();
      cursor.end();
      json.field("arguments", value);
    } catch (JsonSyntaxException torn) {
      json.field("arguments", arguments);
    }
  }

  private static void append(StringBuilder to, JsonText piece) {
    int room = ContentJson.MOST - to.length();
    if (room > 0) {
      String decoded = piece.decoded();
      to.append(decoded, 0, Math.min(decoded.length(), room));
    }
  }

  private static String word(FinishReason reason) {
    return switch (reason) {
      case STOP, STOP_SEQUENCE, PAUSED -> "stop";
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_call";
      case REFUSED -> "content_filter";
    };
  }
}
