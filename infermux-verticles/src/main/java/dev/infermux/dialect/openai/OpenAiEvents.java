package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.openai.ChunkRepair.Identity;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream in OpenAI's dialect. Chunks pass as they came; left out are broken ones, those
 * without choices, and the usage that the caller did not ask for.
 */
final class OpenAiEvents implements EventReader {

  private static final Logger LOG = LoggerFactory.getLogger(OpenAiEvents.class);
  static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

  private final Attempt attempt;
  private final ProviderFailures failures;
  private final OpenAiResponses responses;
  private final Ticker ticker;
  private final ChoiceStates choices;
  private final ChunkReader chunk;
  private final ChunkRepair repair;

  private @Nullable Usage usage;
  private @Nullable Failure failure;
  private long contentChars;
  private long firstTokenNanos;
  private int dropped;
  private boolean started;
  private boolean over;
  private boolean usageShown;

  OpenAiEvents(
      Attempt attempt, ProviderFailures failures, OpenAiResponses responses, Ticker ticker) {
    this.ticker = ticker;
    this.attempt = attempt;
    this.failures = failures;
    this.responses = responses;
    boolean chat = attempt.call().operation() == Operation.CHAT;
    this.choices = new ChoiceStates(attempt.call().body().facts().choices());
    this.chunk = new ChunkReader(chat, choices);
    String id = (chat ? "chatcmpl-" : "cmpl-") + attempt.call().requestId();
    long seconds = attempt.call().startedEpochNanos() / 1_000_000_000;
    Identity fallback = new Identity(id, attempt.model(), seconds);
    this.repair = new ChunkRepair(chat, chunk, choices, fallback);
  }

  @Override
  public void event(Frame event, FrameWriter out) {
    if (event.is(DONE)) {
      done(out);
    } else if (event.data()[event.dataFrom()] != ':') {
      // Data that starts with a colon is a keep-alive that a proxy wrapped by mistake.
      chunk(event, out);
    }
  }

  private void chunk(Frame event, FrameWriter out) {
    try {
      chunk.read(event.data(), event.dataFrom(), event.dataTo());
    } catch (JsonSyntaxException broken) {
      dropped++;
      return;
    }
    if (chunk.failed() || event.error() || chunk.finishReason().equals("error")) {
      over = true;
      failure = responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo());
      return;
    }
    count();
    if (chunk.choices() < 0) {
      dropped += chunk.usage() == null ? 1 : 0;
    } else if (chunk.choices() == 0 && chunk.usage() != null) {
      lastUsage(event, out);
    } else {
      started = true;
      relay(event, out);
    }
  }

  private void count() {
    Usage counted = chunk.usage();
    if (counted != null) {
      usage = counted.after(usage);
      long prompt = usage.promptTokens();
      if (chunk.choices() > 0 && chunk.finishReason().isEmpty() && prompt > 0) {
        attempt.progress().promptCounted(prompt);
      }
    }
    contentChars += chunk.contentChars();
    if (firstTokenNanos == 0 && chunk.contentChars() > 0) {
      firstTokenNanos = ticker.nanos();
    }
  }

  private void lastUsage(Frame event, FrameWriter out) {
    if (attempt.showsUsage() && !usageShown) {
      usageShown = true;
      relay(event, out);
    }
  }

  private void relay(Frame event, FrameWriter out) {
    if (chunk.odd()) {
      out.write(repair.repaired(event.data(), event.dataFrom(), event.dataTo()));
    } else {
      out.keep(event);
    }
  }

  private void done(FrameWriter out) {
    over = true;
    if (!started) {
      failure = failures.malformed(200, "a stream without a single chunk");
      return;
    }
    if (attempt.showsUsage() && !usageShown && usage != null) {
      out.write(repair.usageChunk(usage));
    }
    out.write(DONE);
    if (dropped > 0) {
      LOG.warn("{}", failures.named("left " + dropped + " broken chunk(s) out of a stream"));
    }
  }

  @Override
  public void end(String how, FrameWriter out) {
    if (started && choices.complete()) {
      done(out);
      return;
    }
    over = true;
    failure =
        started
            ? failures.cut("it " + how + " before its stream was complete")
            : failures.malformed(200, "a stream without a single chunk");
  }

  @Override
  public boolean started() {
    return started;
  }

  @Override
  public boolean spoke() {
    return firstTokenNanos != 0 || !chunk.finishReason().isEmpty();
  }

  @Override
  public boolean over() {
    return over;
  }

  @Override
  public @Nullable Failure failure() {
    return failure;
  }

  @Override
  public String model() {
    return chunk.model();
  }

  @Override
  public End summary(@Nullable Failure ended) {
    String reason = chunk.finishReason();
    return new End(
        chunk.model(),
        usage,
        reason.isEmpty() ? null : reason,
        contentChars,
        firstTokenNanos,
        dropped,
        ended,
        ServedBy.NONE,
        CallTotals.NONE);
  }
}
