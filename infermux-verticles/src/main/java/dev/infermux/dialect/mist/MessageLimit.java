package dev.infermux.dialect.mist;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistException;

/** Refuses answers that no message of MIST can carry. */
public final class MessageLimit {

  /** So many characters always fit: JSON takes six bytes for one at most. */
  private static final int SURELY_FITS = EnvelopeReader.MAX_BYTES / 6 - 4_096;

  private MessageLimit() {}

  /**
   * Checks an answer that is to leave its process.
   *
   * @throws InferenceException when its envelope would be too large
   */
  public static void check(InferResponse response, Envelope envelope) {
    if (response.content().length() > SURELY_FITS) {
      written(envelope);
    }
  }

  /**
   * The bytes of an answer's envelope.
   *
   * @throws InferenceException when they would be too many
   */
  public static byte[] written(Envelope envelope) {
    try {
      return EnvelopeWriter.write(envelope);
    } catch (MistException tooLarge) {
      throw new InferenceException(
          new Failure.Remote(
              "protocol",
              500,
              "the answer is too large for a message of MIST, "
                  + tooLarge.getMessage()
                  + "; ask for a stream",
              false));
    }
  }
}
