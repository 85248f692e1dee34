package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamProgress;
import dev.infermux.dialect.openai.ChunkRepair.Identity;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream in OpenAI's dialect. Chunks pass as they came; left out are broken ones, those
 * without choices, and the usage that the caller did not ask for.
 */
final class OpenAiEvents extends StreamProgress {

  static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

  private static final Logger LOG = LoggerFactory.getLogger(OpenAiEvents.class);

  private final OpenAiResponses responses;
  private final ChunkReader chunk;
  private final ChunkRepair repair;

  /** Azure's report on the prompt, which comes before its stream has a name; null = none waits. */
  private byte @Nullable [] nameless;

  private boolean usageShown;

  OpenAiEvents(
      Attempt attempt, ProviderFailures failures, OpenAiResponses responses, Ticker ticker) {
    super(attempt, failures, ticker, attempt.call().body().facts().choices());
    this.responses = responses;
    boolean chat = attempt.call().operation() == Operation.CHAT;
    ChoiceStates choices = new ChoiceStates(completeness);
    ToolFragments fragments = new ToolFragments("call_" + attempt.call().requestId());
    this.chunk = new ChunkReader(chat, choices, fragments);
    String id = (chat ? "chatcmpl-" : "cmpl-") + attempt.call().requestId();
    long seconds = attempt.call().startedEpochNanos() / 1_000_000_000;
    Identity fallback = new Identity(id, attempt.model(), seconds);
    this.repair = new ChunkRepair(chat, chunk, choices, fallback);
  }

  @Override
  public void event(Frame event, FrameWriter out) {
    if (event.error()) {
      failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
    } else if (event.is(DONE)) {
      if (!started()) {
        nothing();
      } else if (over("sent [DONE]")) {
        whole(out);
      }
    } else if (event.data()[event.dataFrom()] != ':') {
      // Data that starts with a colon is a keep-alive that a proxy wrapped by mistake.
      chunk(event, out);
    }
  }

  private void chunk(Frame event, FrameWriter out) {
    try {
      chunk.read(event.data(), event.dataFrom(), event.dataTo());
    } catch (JsonSyntaxException broken) {
      malformed();
      return;
    }
    named(chunk.model());
    finished(chunk.finishReason());
    if (chunk.failed() || chunk.finishReason().equals("error")) {
      count();
      failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
      return;
    }
    count();
    if (chunk.choices() < 0) {
      if (ErrorBody.find(event.data(), event.dataFrom(), event.dataTo()) != null) {
        failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
      } else if (chunk.usage() == null) {
        malformed();
      }
    } else if (chunk.choices() == 0 && chunk.usage() != null) {
      lastUsage(event, out);
    } else if (chunk.choices() == 0 && chunk.id().isEmpty()) {
      nameless = Arrays.copyOfRange(event.data(), event.dataFrom(), event.dataTo());
    } else if (!chunk.late() || chunk.contentChars() > 0) {
      began();
      releaseNameless(out);
      relay(event, out);
    }
  }

  /** A report on the prompt gets the name of the answer that follows it. */
  private void releaseNameless(FrameWriter out) {
    byte[] held = nameless;
    if (held != null) {
      nameless = null;
      out.write(repair.repaired(held, 0, held.length));
    }
  }

  private void count() {
    Usage counted = chunk.usage();
    if (counted != null) {
      counted(counted, chunk.choices() > 0 && chunk.finishReason().isEmpty());
    }
    produced(chunk.contentChars());
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

  private void whole(FrameWriter out) {
    Usage used = usage();
    if (attempt.showsUsage() && !usageShown && used != null) {
      out.write(repair.usageChunk(used));
    }
    out.write(DONE);
    if (leftOut() > 0) {
      LOG.warn("{}", failures.named("left " + leftOut() + " broken chunk(s) out of a stream"));
    }
  }

  @Override
  public void end(String how, FrameWriter out) {
    if (!started()) {
      nothing();
    } else if (ended(how)) {
      whole(out);
    }
  }

  private void nothing() {
    failed(failures.malformed(200, "a stream without a single chunk"));
  }
}
