package dev.infermux.dialect.ollama;

import dev.infermux.inference.Failure;
import dev.infermux.json.JsonStrings;
import io.vertx.core.buffer.Buffer;

/** The shape of every error: one text. What else is known of it is in the headers. */
public final class OllamaErrorJson {

  private OllamaErrorJson() {}

  /** The body of an error answer. */
  public static Buffer of(Failure failure) {
    return Buffer.buffer("{\"error\":" + JsonStrings.quoted(failure.message()) + "}");
  }

  /** The error as the last line of a stream. */
  public static Buffer line(Failure failure) {
    return of(failure).appendString("\n");
  }
}
