package dev.infermux.dialect.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.infermux.dialect.ErrorBody;
import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamProgress;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonCursor;
import dev.infermux.json.JsonKind;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream in Anthropic's dialect. Events pass as they came, unknown ones too; left out are
 * broken ones and a second beginning.
 */
final class AnthropicEvents extends StreamProgress {

  private static final Logger LOG = LoggerFactory.getLogger(AnthropicEvents.class);
  private static final String START = "message_start";
  private static final String STOP = "message_stop";
  private static final byte[] STOPPED = "{\"type\":\"message_stop\"}".getBytes(US_ASCII);

  private final AnthropicResponses responses;
  private final MessageReading message = new MessageReading();
  private String type = "";
  private boolean error;
  private boolean written;
  private int broken;

  AnthropicEvents(
      Attempt attempt, ProviderFailures failures, AnthropicResponses responses, Ticker ticker) {
    super(attempt, failures, ticker);
    this.responses = responses;
  }

  @Override
  public void event(Frame event, FrameWriter out) {
    if (event.error()) {
      failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
      return;
    }
    if (event.data()[event.dataFrom()] == ':') {
      // A keep-alive that a proxy wrapped by mistake.
      return;
    }
    try {
      read(new JsonCursor(event.data(), event.dataFrom(), event.dataTo()));
    } catch (JsonSyntaxException unreadable) {
      broken++;
      malformed();
      return;
    }
    if (error) {
      learned();
      failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
      return;
    }
    boolean again = type.equals(START) && started();
    if (!type.equals("ping")) {
      began();
    }
    learned();
    if (over()) {
      return;
    }
    if (!type.equals(STOP)) {
      if (!again) {
        relay(event, out);
      }
    } else if (over("sent " + STOP + " without a reason to end")) {
      relay(event, out);
      warn();
    }
  }

  private void read(JsonCursor json) {
    type = "";
    error = false;
    json.enterObject();
    while (json.nextField()) {
      boolean object = json.kind() == JsonKind.OBJECT;
      if (json.nameIs(MessageFields.TYPE) && json.kind() == JsonKind.STRING) {
        type = json.string();
      } else if (object && json.nameIs(MessageFields.MESSAGE)) {
        message.message(json);
      } else if (object && json.nameIs(MessageFields.CONTENT_BLOCK)) {
        message.block(json);
      } else if (object && json.nameIs(MessageFields.DELTA)) {
        delta(json);
      } else if (json.nameIs(MessageFields.USAGE)) {
        message.usage().read(json);
      } else if (json.nameIs(MessageFields.ERROR)) {
        error |= ErrorBody.told(json);
      } else {
        json.skip();
      }
    }
    json.end();
    error |= type.equals("error");
  }

  /** The type stands before the delta in all that is known; else it is a block's. */
  private void delta(JsonCursor json) {
    if (type.equals("message_delta")) {
      message.changes(json);
    } else {
      message.block(json);
    }
  }

  private void learned() {
    named(message.model());
    produced(message.taken(), message.speaks());
    message.issued().forEach(attempt.progress()::issued);
    ends(message.stopReason());
    written |= type.equals("message_delta");
    Usage counted = written ? message.usage().usage() : prompt(message.usage().usage());
    if (counted != null && !counted.equals(usage())) {
      // Tools that the provider runs itself make the prompt longer while the answer goes on.
      counted(counted, false);
    }
  }

  /** What a stream begins with counts no answer: a stream that is cut is charged what it wrote. */
  private static @Nullable Usage prompt(@Nullable Usage counted) {
    return counted == null || counted.promptTokens() == 0
        ? null
        : new Usage(
            counted.input(),
            counted.cacheRead(),
            counted.cacheWrite5m(),
            counted.cacheWrite1h(),
            0,
            0,
            false,
            counted.terms());
  }

  private void relay(Frame event, FrameWriter out) {
    if (event.named() || type.isEmpty()) {
      out.keep(event);
    } else {
      out.write(type, Arrays.copyOfRange(event.data(), event.dataFrom(), event.dataTo()));
    }
  }

  private void warn() {
    if (broken > 0) {
      LOG.warn("{}", failures.named("left " + broken + " broken event(s) out of a stream"));
    }
  }

  /** Where the reason to end has come, only the end itself is missing. */
  @Override
  public void end(String how, FrameWriter out) {
    if (ended(how)) {
      out.write(STOP, STOPPED);
      warn();
    }
  }
}
