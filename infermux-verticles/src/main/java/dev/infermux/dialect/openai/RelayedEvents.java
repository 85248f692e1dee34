package dev.infermux.dialect.openai;

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
import org.jspecify.annotations.Nullable;

/**
 * Relays a stream of images, speech or a transcript. Each image has its last event; the stream is
 * whole when as many have come as were asked for.
 */
final class RelayedEvents extends StreamProgress {

  private static final byte[] TYPE = "type".getBytes(US_ASCII);
  private static final byte[] DELTA = "delta".getBytes(US_ASCII);
  private static final byte[] USAGE = "usage".getBytes(US_ASCII);
  private static final byte[] ERROR = "error".getBytes(US_ASCII);

  private final OpenAiResponses responses;
  private int ended;
  private String type = "";
  private @Nullable Usage used;
  private long characters;
  private boolean error;

  RelayedEvents(
      Attempt attempt, ProviderFailures failures, OpenAiResponses responses, Ticker ticker) {
    super(attempt, failures, ticker, attempt.call().body().facts().choices());
    this.responses = responses;
  }

  @Override
  public void event(Frame event, FrameWriter out) {
    if (event.error()) {
      failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
      return;
    }
    if (event.is(OpenAiEvents.DONE)) {
      if (over("sent [DONE]")) {
        out.keep(event);
      }
      return;
    }
    try {
      read(new JsonCursor(event.data(), event.dataFrom(), event.dataTo()));
    } catch (JsonSyntaxException broken) {
      malformed();
      return;
    }
    if (used != null) {
      counted(used, false);
    }
    if (error) {
      failed(responses.reported(attempt, event.data(), event.dataFrom(), event.dataTo()));
      return;
    }
    began();
    produced(characters, false);
    if (type.endsWith(".completed") || type.endsWith(".done")) {
      finished("stop");
      completeness.ends(ended++, "stop");
    }
    out.keep(event);
  }

  private void read(JsonCursor json) {
    type = "";
    used = null;
    // Pictures and sounds have no text; that something came is what counts.
    characters = 1;
    error = false;
    json.enterObject();
    while (json.nextField()) {
      if (json.nameIs(TYPE) && json.kind() == JsonKind.STRING) {
        type = json.string();
        error |= type.equals("error");
      } else if (json.nameIs(DELTA) && json.kind() == JsonKind.STRING) {
        characters = Math.max(1, json.stringLength());
      } else if (json.nameIs(USAGE)) {
        used = UsageReader.relayed(json);
      } else if (json.nameIs(ERROR)) {
        error |= ErrorBody.told(json);
      } else {
        json.skip();
      }
    }
    json.end();
  }

  @Override
  public void end(String how, FrameWriter out) {
    ended(how);
  }
}
