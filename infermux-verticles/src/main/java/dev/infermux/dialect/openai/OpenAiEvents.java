package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamProgress;
import dev.infermux.dialect.openai.HeadRepair.Identity;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream in OpenAI's dialect. Chunks that keep to the profile pass as they came; left out
 * are broken ones, keep-alives, and the usage that the caller did not ask for.
 *
 * <p>Two chunks wait for what follows them: the first content where it gives a reason to end, since
 * some servers give one with every chunk, and the usage, which comes last.
 */
final class OpenAiEvents extends StreamProgress {

  static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

  private static final Logger LOG = LoggerFactory.getLogger(OpenAiEvents.class);

  private final OpenAiResponses responses;
  private final ChunkReader chunk;
  private final ChunkRepair repair;
  private final ShownUsage shown;
  private final ChoiceEndings endings = new ChoiceEndings();

  /** Whether there was content before the chunk that was read last. */
  private boolean said;

  /** Azure's report on the prompt, which comes before its stream has a name; null = none waits. */
  private byte @Nullable [] nameless;

  OpenAiEvents(
      Attempt attempt, ProviderFailures failures, OpenAiResponses responses, Ticker ticker) {
    super(attempt, failures, ticker, attempt.call().body().facts().choices());
    this.responses = responses;
    boolean chat = attempt.call().operation() == Operation.CHAT;
    ChoiceStates states = new ChoiceStates(completeness);
    ToolFragments fragments = new ToolFragments("call_" + attempt.call().requestId());
    this.chunk = new ChunkReader(states, new ChoiceReader(chat, states, fragments));
    String id = (chat ? "chatcmpl-" : "cmpl-") + attempt.call().requestId();
    long seconds = attempt.call().startedEpochNanos() / 1_000_000_000;
    this.repair =
        new ChunkRepair(
            chat ? "chat.completion.chunk" : "text_completion",
            chunk,
            new ChoiceRepair(chat, new DeltaRepair(states, fragments)),
            new Identity(id, attempt.model(), seconds));
    this.shown = new ShownUsage(repair);
  }

  @Override
  public void event(Frame event, FrameWriter out) {
    if (event.error()) {
      error(event);
    } else if (event.is(DONE)) {
      if (!started()) {
        nothing();
      } else {
        last(over("sent [DONE]"), out);
      }
    } else if (event.data()[event.dataFrom()] != ':') {
      // Data that starts with a colon is a keep-alive that a proxy wrapped by mistake.
      chunk(event, out);
    }
  }

  private void error(Frame event) {
    failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
  }

  private void chunk(Frame event, FrameWriter out) {
    try {
      chunk.read(event.data(), event.dataFrom(), event.dataTo());
    } catch (JsonSyntaxException broken) {
      if (isError(event)) {
        error(event);
      } else {
        malformed();
      }
      return;
    }
    named(chunk.model());
    count();
    if (chunk.failed()) {
      error(event);
      return;
    }
    finished(chunk.finishReason());
    JsonSlice usage = chunk.spelledUsage();
    if (usage != null && attempt.showsUsage()) {
      boolean alone = chunk.choices() <= 0;
      boolean sound = !chunk.odd() && chunk.choices() == 0;
      shown.reported(alone ? event : null, sound, usage, usage());
    }
    if (chunk.choices() > 0) {
      choices(event, out);
    } else if (usage == null) {
      withoutChoices(event, out);
    }
  }

  private static boolean isError(Frame event) {
    return ErrorBody.find(event.data(), event.dataFrom(), event.dataTo()) != null;
  }

  private void count() {
    Usage counted = chunk.usage();
    if (counted != null) {
      counted(counted, chunk.choices() > 0 && chunk.finishReason().isEmpty());
    }
    said = spoken();
    produced(chunk.contentChars(), chunk.says());
  }

  private void choices(Frame event, FrameWriter out) {
    if (!chunk.late()) {
      endings.release(out);
    } else if (chunk.says()) {
      endings.takeBack(out);
    } else {
      return;
    }
    began();
    releaseNameless(out);
    byte[] mended =
        chunk.odd() ? repair.repaired(event.data(), event.dataFrom(), event.dataTo()) : null;
    if (chunk.finishes() && (!said || endings.owed())) {
      endings.hold(event, mended, chunk);
    } else if (mended != null) {
      out.write(mended);
    } else {
      out.keep(event);
    }
  }

  private void withoutChoices(Frame event, FrameWriter out) {
    if (chunk.choices() < 0) {
      if (isError(event)) {
        error(event);
      }
    } else if (chunk.id().isEmpty()) {
      nameless = event.bytes();
    } else {
      endings.release(out);
      began();
      releaseNameless(out);
      if (chunk.odd()) {
        out.write(repair.repaired(event.data(), event.dataFrom(), event.dataTo()));
      } else {
        out.keep(event);
      }
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

  @Override
  public void end(String how, FrameWriter out) {
    if (!started()) {
      nothing();
    } else {
      last(ended(how), out);
    }
  }

  private void last(boolean whole, FrameWriter out) {
    endings.release(out);
    if (!whole) {
      return;
    }
    endings.write(repair, out);
    shown.write(out);
    out.write(DONE);
    if (leftOut() > 0) {
      LOG.warn("{}", failures.named("left " + leftOut() + " broken chunk(s) out of a stream"));
    }
  }

  private void nothing() {
    failed(failures.malformed(200, "a stream without a single chunk"));
  }
}
