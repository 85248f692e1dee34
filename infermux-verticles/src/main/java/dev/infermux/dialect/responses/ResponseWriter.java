package dev.infermux.dialect.responses;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one answer as a response: its events, or the response that they come to. */
final class ResponseWriter implements ChatEventWriter {

  private static final int LONGEST_ID = 40;

  private final String key;
  private final long createdSeconds;
  private final ResponseEcho echo;
  private final ResponsesEventLog log = new ResponsesEventLog();
  private final List<OutputItem> items = new ArrayList<>();
  private final Map<Integer, CallItem> calls = new HashMap<>();
  private @Nullable Map<String, CalledTool> tools;
  private @Nullable OutputItem open;
  private String model;
  private boolean begun;
  private boolean refused;
  private @Nullable FinishReason finish;
  private @Nullable Usage usage;

  ResponseWriter(Attempt attempt) {
    String id = attempt.call().requestId().replaceAll("[^A-Za-z0-9]", "");
    this.key = id.length() > LONGEST_ID ? id.substring(id.length() - LONGEST_ID) : id;
    this.createdSeconds = attempt.call().startedEpochNanos() / 1_000_000_000;
    this.echo = ResponseEcho.of(attempt.call().body().bytes());
    this.model = attempt.model();
  }

  @Override
  public void write(ChatEvent event, FrameWriter out) {
    log.to(out);
    write(event);
  }

  void write(ChatEvent event) {
    if (event instanceof ChatEvent.Begin begin) {
      model = begin.model().isEmpty() ? model : begin.model();
      usage = begin.usage();
    }
    begin();
    if (event instanceof ChatEvent.Text text) {
      say(text.text(), false);
    } else if (event instanceof ChatEvent.Refusal refusal) {
      refused = true;
      say(refusal.text(), true);
    } else if (event instanceof ChatEvent.Thinking thinking) {
      think(thinking.text());
    } else if (event instanceof ChatEvent.Sealed sealed) {
      thought(false).seal(sealed.seal());
    } else if (event instanceof ChatEvent.CallBegins call) {
      call(call);
    } else if (event instanceof ChatEvent.CallArguments arguments) {
      CallItem item = calls.get(arguments.index());
      if (item != null) {
        item.add(arguments.json());
      }
    } else if (event instanceof ChatEvent.CallEnds ends) {
      CallItem item = calls.remove(ends.index());
      if (item != null) {
        item.close();
      }
    } else {
      end(event);
    }
  }

  private void end(ChatEvent event) {
    if (event instanceof ChatEvent.Finish finished) {
      finish = finished.reason();
    } else if (event instanceof ChatEvent.Used used) {
      usage = used.usage();
    } else if (event instanceof ChatEvent.Over) {
      closeOpen();
      calls.values().stream().sorted((a, b) -> a.index() - b.index()).forEach(OutputItem::close);
      calls.clear();
      String status = incomplete().isEmpty() ? "completed" : "incomplete";
      log.response("response." + status, json -> response(json, status));
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      log.response("response.created", json -> response(json, "in_progress"));
      log.response("response.in_progress", json -> response(json, "in_progress"));
    }
  }

  private void say(JsonText text, boolean refusal) {
    if (text.isEmpty()) {
      return;
    }
    if (!(open instanceof MessageItem)) {
      closeOpen();
      opened(new MessageItem(log, items.size(), id("msg_")));
    }
    if (open instanceof MessageItem message) {
      message.add(text, refusal);
    }
  }

  private void think(JsonText text) {
    if (!text.isEmpty()) {
      thought(true).add(text);
    }
  }

  /**
   * The thought that is open, or a new one.
   *
   * @param unsealed whether one that is sealed already is over
   */
  private ThoughtItem thought(boolean unsealed) {
    if (open instanceof ThoughtItem thought && !(unsealed && thought.sealed())) {
      return thought;
    }
    closeOpen();
    ThoughtItem added = new ThoughtItem(log, items.size(), id("rs_"));
    opened(added);
    return added;
  }

  private void call(ChatEvent.CallBegins call) {
    closeOpen();
    CalledTool tool = tools().getOrDefault(call.name(), new CalledTool("", call.name(), false));
    String callId = callId(call.id());
    CallItem item =
        tool.custom()
            ? new CustomItem(log, items.size(), id("ctc_"), callId, tool)
            : new FunctionItem(log, items.size(), id("fc_"), callId, tool);
    items.add(item);
    calls.put(call.index(), item);
    item.open();
  }

  private Map<String, CalledTool> tools() {
    if (tools == null) {
      tools = echo.tools();
    }
    return tools;
  }

  private String callId(String given) {
    return given.isEmpty() ? id("call_") : given;
  }

  private void opened(OutputItem item) {
    items.add(item);
    open = item;
    item.open();
  }

  private void closeOpen() {
    if (open != null) {
      open.close();
      open = null;
    }
  }

  private String id(String kind) {
    return kind + key + (items.isEmpty() ? "" : "_" + items.size());
  }

  /** Why the answer is not complete; empty when it is. */
  private String incomplete() {
    if (finish == FinishReason.LENGTH) {
      return "max_output_tokens";
    }
    // A refusal in words is complete.
    return finish == FinishReason.REFUSED && !refused ? "content_filter" : "";
  }

  /** The whole answer, once its events are over. */
  JsonOutput whole() {
    JsonOutput json = new JsonOutput(2048);
    response(json, incomplete().isEmpty() ? "completed" : "incomplete");
    return json;
  }

  private void response(JsonOutput json, String status) {
    boolean over = !status.equals("in_progress");
    json.object().field("id", "resp_" + key).field("object", "response");
    json.field("created_at", createdSeconds).field("status", status);
    json.name("error").nothing().name("incomplete_details");
    if (status.equals("incomplete")) {
      json.object().field("reason", incomplete()).endObject();
    } else {
      json.nothing();
    }
    json.field("model", model).name("output").array();
    if (over) {
      items.forEach(item -> item.write(json, true));
    }
    json.endArray();
    echo.write(json);
    json.name("usage");
    ResponsesUsage.write(over ? usage : null, json);
    json.endObject();
  }
}
