package dev.infermux.provider.translate;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.CallBegins;
import dev.infermux.dialect.chat.ChatEvent.CallEnds;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Passes an answer's events on, so that no writer is told that it is over which has given no reason
 * to end: none has to invent one. Calls of tools that are whole have ended before it, also where
 * the provider did not say so, and an answer with calls waits for them.
 */
final class FinishCheck implements Consumer<ChatEvent> {

  private final Consumer<ChatEvent> writer;
  private final BitSet open = new BitSet();
  private boolean calls;
  private boolean finished;

  FinishCheck(Consumer<ChatEvent> writer) {
    this.writer = writer;
  }

  @Override
  public void accept(ChatEvent event) {
    if (event instanceof CallBegins call) {
      calls = true;
      open.set(call.index());
    } else if (event instanceof CallEnds call) {
      open.clear(call.index());
    } else if (event instanceof Finish finish) {
      finished = true;
      finish(finish);
      return;
    }
    if (event instanceof Over && !finished) {
      String found = "an answer without a reason to end";
      throw new InferenceException(new UpstreamError(FailureClass.MALFORMED, 200, found, null));
    }
    writer.accept(event);
  }

  private void finish(Finish finish) {
    FinishReason reason = finish.reason();
    if (reason != FinishReason.LENGTH) {
      open.stream().mapToObj(CallEnds::new).forEach(writer);
    }
    boolean waits = calls && reason == FinishReason.STOP;
    writer.accept(waits ? new Finish(FinishReason.TOOL_CALLS, null) : finish);
  }
}
