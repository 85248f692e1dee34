package dev.infermux.dialect.ollama;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonOutput;
import dev.infermux.time.Ticker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an answer of another dialect comes to in Ollama's: its head, its end, and its times. */
final class OllamaAnswer {

  private static final long NANOS = 1_000_000_000L;

  private final Attempt attempt;
  private final Ticker ticker;
  private String model;
  private FinishReason reason = FinishReason.STOP;
  private @Nullable Usage usage;
  private long firstNanos;

  OllamaAnswer(Attempt attempt, Ticker ticker) {
    this.attempt = attempt;
    this.ticker = ticker;
    this.model = attempt.model();
  }

  /** Notes what the event says of the answer as a whole. */
  void note(ChatEvent event) {
    if (event instanceof ChatEvent.Begin begin) {
      model = begin.model().isEmpty() ? model : begin.model();
      usage = begin.usage();
    } else if (event instanceof ChatEvent.Finish finish) {
      reason = finish.reason();
    } else if (event instanceof ChatEvent.Used used) {
      usage = used.usage().after(usage);
    } else if (firstNanos == 0 && !(event instanceof ChatEvent.Over)) {
      firstNanos = ticker.nanos();
    }
  }

  /** Begins an object of the answer. */
  JsonOutput begin() {
    long sinceStart = ticker.nanos() - attempt.call().startedNanos();
    long created = attempt.call().startedEpochNanos() + Math.max(0, sinceStart);
    Instant moment = Instant.ofEpochSecond(created / NANOS, created % NANOS);
    return new JsonOutput(256)
        .object()
        .field("model", model)
        .field("created_at", moment.toString());
  }

  /** Ends the object that ends the answer. Nothing is loaded here, so that no time goes to it. */
  void end(JsonOutput out) {
    out.field("done", true);
    out.field("done_reason", reason == FinishReason.LENGTH ? "length" : "stop");
    long now = ticker.nanos();
    long started = attempt.call().startedNanos();
    long first = firstNanos == 0 ? now : firstNanos;
    out.field("total_duration", Math.max(1, now - started));
    if (usage != null) {
      out.field("prompt_eval_count", usage.promptTokens());
      out.field("prompt_eval_duration", Math.max(1, first - started));
      out.field("eval_count", usage.completionTokens());
      out.field("eval_duration", Math.max(1, now - first));
    }
    out.endObject();
  }
}
