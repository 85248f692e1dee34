package dev.infermux.dialect;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;

/** How one API is spoken: what it wants in a request's head and how its answers read. */
public interface ResponseDialect {

  /** Adds the headers that differ from attempt to attempt. */
  void head(Attempt attempt, HttpClientRequest request);

  /**
   * Reads a whole answer of a 2xx status.
   *
   * @throws dev.infermux.inference.InferenceException when it is not what was asked for
   */
  Answer whole(Attempt attempt, Buffer body);

  /** What an error status means. */
  Failure refused(ErrorResponse response);

  /** A reader for one streamed answer. */
  EventReader events(Attempt attempt);
}
