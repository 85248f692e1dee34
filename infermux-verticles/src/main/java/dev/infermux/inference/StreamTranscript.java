package dev.infermux.inference;

import io.vertx.core.buffer.Buffer;

/**
 * What a caller has read of a stream, and the stream's later parts made to fit it, so that parts of
 * several providers read as one answer. Takes whole events only.
 */
public interface StreamTranscript {

  /** The text so far; empty when there is none that another model could go on from. */
  String text();

  /** Notes what the first provider's events say. */
  void read(Buffer events);

  /**
   * A later provider's events come next.
   *
   * @param restarted whether it was asked the original request, and not to go on from the text
   */
  void resume(boolean restarted);

  /**
   * Makes a later provider's events continue the stream, and notes what they say. Text is held back
   * until it is clear that it goes on from the text so far.
   */
  Buffer fit(Buffer events);

  /**
   * Whether the later provider's text does not go on from the text so far: none of it was shown.
   */
  boolean refused();
}
