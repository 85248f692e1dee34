package dev.infermux.mist.transport;

import dev.infermux.mist.Envelope;
import java.util.concurrent.CompletionStage;

/**
 * Sends envelopes to one address. Safe on any thread; no method blocks, so an event loop may call
 * it.
 *
 * <p>Every sender is bounded: what it cannot take at once fails with {@code unavailable}.
 */
public interface MistSender {

  /**
   * Completes when the receiver, or the operating system, has taken the message; fails with {@link
   * dev.infermux.mist.MistException}. The thread of completion is the sender's own.
   */
  CompletionStage<Void> send(Envelope envelope);

  /** Finishes what was accepted, then lets go of the address; may be called more than once. */
  CompletionStage<Void> close();
}
