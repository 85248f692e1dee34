package dev.infermux.dialect.responses;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamProgress;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;

/**
 * Reads one stream of the Responses API. Events pass as they came. A stream is whole with {@code
 * response.completed} or {@code response.incomplete}; its errors end it and do not pass.
 */
final class ResponsesEvents extends StreamProgress {

  private final ResponsesReader responses;
  private final ResponsesStreamEvent event = new ResponsesStreamEvent();

  /** A response that was kept is shown again, whatever became of it, and charged to nobody. */
  private final boolean stored;

  ResponsesEvents(
      Attempt attempt, ProviderFailures failures, ResponsesReader responses, Ticker ticker) {
    super(attempt, failures, ticker);
    this.responses = responses;
    this.stored = attempt.call().operation() == Operation.STORED_RESPONSE;
  }

  @Override
  public void event(Frame frame, FrameWriter out) {
    if (frame.error()) {
      failed(responses.reported(attempt, data(frame)));
      return;
    }
    if (frame.data()[frame.dataFrom()] == ':') {
      // A keep-alive that a proxy wrapped by mistake.
      return;
    }
    JsonSlice data = data(frame);
    try {
      event.read(data.cursor());
    } catch (JsonSyntaxException broken) {
      malformed();
      return;
    }
    String type = event.type();
    if (type.equals("error") || (type.isEmpty() && event.error() != null)) {
      failed(responses.reported(attempt, data));
      return;
    }
    if (type.isEmpty()) {
      malformed();
      return;
    }
    began();
    read(type, frame, out);
  }

  private void read(String type, Frame frame, FrameWriter out) {
    switch (type) {
      case "response.completed", "response.incomplete", "response.failed" -> {
        lifecycle();
        JsonSlice error = event.response().error();
        if (stored) {
          completeness.ends(0, "stored");
        } else if (error != null || type.equals("response.failed")) {
          failed(responses.reported(attempt, error == null ? JsonSlice.of("{}") : error));
        } else {
          ends(event.response().finishReason(type.substring("response.".length())));
        }
        if (failure() == null && over("sent " + type)) {
          out.keep(frame);
        }
      }
      default -> {
        out.keep(frame);
        if (event.hasResponse()) {
          lifecycle();
        } else if (type.equals("response.output_item.done")) {
          event.issued().forEach(attempt.progress()::issued);
        }
        produced(event.characters(), event.speaks());
      }
    }
  }

  private void lifecycle() {
    ResponseObject response = event.response();
    named(response.model());
    response.issued().forEach(attempt.progress()::issued);
    Usage usage = response.usage();
    if (usage != null && !stored) {
      counted(usage, false);
    }
  }

  private static JsonSlice data(Frame frame) {
    return new JsonSlice(frame.data(), frame.dataFrom(), frame.dataTo());
  }

  @Override
  public void end(String how, FrameWriter out) {
    ended(how);
  }
}
