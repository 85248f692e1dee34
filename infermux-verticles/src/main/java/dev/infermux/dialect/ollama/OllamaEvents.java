package dev.infermux.dialect.ollama;

import dev.infermux.dialect.Frame;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamProgress;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Usage;
import dev.infermux.json.JsonSyntaxException;
import dev.infermux.time.Ticker;

/** Reads one stream: lines pass as they came, and only the one that is done makes it whole. */
final class OllamaEvents extends StreamProgress {

  private final OllamaResponses responses;
  private boolean called;

  OllamaEvents(
      Attempt attempt, ProviderFailures failures, OllamaResponses responses, Ticker ticker) {
    super(attempt, failures, ticker);
    this.responses = responses;
  }

  @Override
  public void event(Frame line, FrameWriter out) {
    OllamaObject object;
    try {
      object = OllamaObject.read(line.data(), line.dataFrom(), line.dataTo());
    } catch (JsonSyntaxException broken) {
      malformed();
      return;
    }
    if (object.failed()) {
      count(object);
      failed(responses.reported(attempt, line.data(), line.dataFrom(), line.dataTo()));
    } else if (!object.speaks() && !object.done()) {
      malformed();
    } else {
      read(object);
      if (failure() == null) {
        out.keep(line);
      }
    }
  }

  private void read(OllamaObject object) {
    began();
    if (!object.model().isEmpty()) {
      named(object.model());
    }
    called |= !object.calls().isEmpty();
    produced(object.contentChars(), false);
    count(object);
    if (object.done()) {
      // Without a reason the engine has lost its connection, says Ollama's source: it was cut.
      ends(object.endReason(called));
      over("was done");
    }
  }

  private void count(OllamaObject object) {
    Usage usage = object.usage();
    if (usage != null) {
      counted(usage, false);
    }
  }

  @Override
  public void end(String how, FrameWriter out) {
    ended(how);
  }
}
