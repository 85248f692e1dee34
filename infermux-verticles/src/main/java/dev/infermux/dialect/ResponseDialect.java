package dev.infermux.dialect;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import io.vertx.core.buffer.Buffer;

/** How the answers of one API read. */
public interface ResponseDialect {

  /** How its streams are cut into frames. */
  Framing framing();

  /**
   * Reads a whole answer of a 2xx status.
   *
   * @throws dev.infermux.inference.InferenceException when it is not what was asked for
   */
  Answer whole(Attempt attempt, Buffer body);

  /** What an error status means, its body and its headers. */
  Failure refused(ErrorResponse response);

  /** A reader for one streamed answer. */
  EventReader events(Attempt attempt);
}
