package dev.infermux.provider.translate;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.ChatEvent.Finish;
import dev.infermux.dialect.chat.ChatEvent.Over;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import java.util.function.Consumer;

/**
 * Passes an answer's events on, so that no writer is told that it is over which has given no reason
 * to end: none has to invent one.
 */
final class FinishCheck implements Consumer<ChatEvent> {

  private final Consumer<ChatEvent> writer;
  private boolean finished;

  FinishCheck(Consumer<ChatEvent> writer) {
    this.writer = writer;
  }

  @Override
  public void accept(ChatEvent event) {
    finished |= event instanceof Finish;
    if (event instanceof Over && !finished) {
      String found = "an answer without a reason to end";
      throw new InferenceException(new UpstreamError(FailureClass.MALFORMED, 200, found, null));
    }
    writer.accept(event);
  }
}
