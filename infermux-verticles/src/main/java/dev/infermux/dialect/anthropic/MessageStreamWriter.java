package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEventWriter;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Writes the events of an answer as a stream, whose blocks come one after the other. */
final class MessageStreamWriter implements ChatEventWriter {

  private final Attempt attempt;
  private final BlockQueue blocks = new BlockQueue();
  private boolean begun;
  private boolean refused;
  private boolean calls;
  private FinishReason reason = FinishReason.STOP;
  private @Nullable JsonText stopSequence;
  private @Nullable Usage usage;
  private long characters;

  MessageStreamWriter(Attempt attempt) {
    this.attempt = attempt;
  }

  @Override
  public void write(ChatEvent event, FrameWriter out) {
    if (event instanceof ChatEvent.Begin begin) {
      begin(begin, out);
      return;
    }
    if (!begun) {
      begin(new ChatEvent.Begin("", "", null), out);
    }
    if (event instanceof ChatEvent.Text text) {
      text(text.text(), out);
    } else if (event instanceof ChatEvent.Refusal refusal) {
      refused = true;
      text(refusal.text(), out);
    } else if (event instanceof ChatEvent.Thinking thinking) {
      characters += thinking.text().characters();
      blocks.thinking(thinking.text(), out);
    } else if (event instanceof ChatEvent.Sealed sealed) {
      blocks.sealed(sealed.seal(), out);
    } else if (event instanceof ChatEvent.CallBegins call) {
      calls = true;
      blocks.call(call.index(), call.id(), call.name(), out);
    } else if (event instanceof ChatEvent.CallArguments arguments) {
      characters += arguments.json().characters();
      blocks.arguments(arguments.index(), arguments.json(), out);
    } else if (event instanceof ChatEvent.CallEnds ends) {
      blocks.callEnds(ends.index(), out);
    } else if (event instanceof ChatEvent.Finish finish) {
      reason = finish.reason();
      JsonText sequence = finish.stopSequence();
      stopSequence = sequence == null ? null : JsonText.of(sequence.decoded());
    } else if (event instanceof ChatEvent.Used used) {
      usage = used.usage();
    } else {
      over(out);
    }
  }

  private void text(JsonText text, FrameWriter out) {
    if (!text.isEmpty()) {
      characters += text.characters();
      blocks.text(text, out);
    }
  }

  private void begin(ChatEvent.Begin begin, FrameWriter out) {
    if (begun) {
      return;
    }
    begun = true;
    Usage known = MessageSpelling.orEstimated(begin.usage(), attempt, 1);
    JsonOutput json = new JsonOutput(400).object().field("type", "message_start");
    json.name("message").object().field("id", MessageSpelling.id(begin.id(), attempt));
    json.field("type", "message").field("role", "assistant");
    json.field("model", begin.model().isEmpty() ? attempt.model() : begin.model());
    json.name("content").array().endArray().name("stop_reason").nothing();
    json.name("stop_sequence").nothing();
    MessageSpelling.usage(json, known);
    out.write("message_start", json.endObject().endObject().toBytes());
  }

  private void over(FrameWriter out) {
    blocks.close(out);
    FinishReason ended = refused ? FinishReason.REFUSED : reason;
    JsonOutput json = new JsonOutput(256).object().field("type", "message_delta");
    json.name("delta").object();
    json.field("stop_reason", MessageSpelling.stopReason(ended, calls)).name("stop_sequence");
    if (stopSequence == null) {
      json.nothing();
    } else {
      json.string(stopSequence);
    }
    json.endObject();
    MessageSpelling.usage(json, MessageSpelling.orEstimated(usage, attempt, characters));
    out.write("message_delta", json.endObject().toBytes());
    out.write(
        "message_stop",
        new JsonOutput().object().field("type", "message_stop").endObject().toBytes());
  }
}
