package dev.infermux.dialect;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** How the answers of one API read. */
public interface ResponseDialect {

  /** How its streams are cut into frames. */
  Framing framing();

  /** The same of a stream of this media type, where there are several. */
  default Framing framing(String contentType) {
    return framing();
  }

  /**
   * Reads a whole answer of a 2xx status.
   *
   * @throws dev.infermux.inference.InferenceException when it is not what was asked for
   */
  Answer whole(Attempt attempt, Buffer body);

  /**
   * The same where answers may be of several media types.
   *
   * @param contentType as the provider gave it; empty = not given
   */
  default Answer whole(Attempt attempt, Buffer body, String contentType) {
    return whole(attempt, body);
  }

  /** Whether the body that follows is to be read as a stream. */
  default boolean streams(Attempt attempt, String contentType) {
    return attempt.call().stream();
  }

  /** What an error status means, its body and its headers. */
  Failure refused(ErrorResponse response);

  /**
   * What a body of whatever status says that it took, which is of no other use; null when it says
   * nothing.
   */
  default @Nullable Usage usageIn(Buffer body) {
    return null;
  }

  /**
   * A whole answer, which {@link #whole} has made, as the stream that its provider could have sent
   * in its place; null where there is none.
   */
  default @Nullable Buffer asStream(Attempt attempt, Buffer whole) {
    return null;
  }

  /**
   * A whole stream as the one answer that was asked for; null where none says as much.
   *
   * @throws dev.infermux.inference.InferenceException when the stream fails or was cut
   */
  default @Nullable Buffer asWhole(Attempt attempt, Buffer stream) {
    return null;
  }

  /** A reader for one streamed answer. */
  EventReader events(Attempt attempt);

  /** The same of a stream of this framing. */
  default EventReader events(Attempt attempt, Framing framing) {
    return events(attempt);
  }
}
