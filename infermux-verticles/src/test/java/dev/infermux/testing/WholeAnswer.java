package dev.infermux.testing;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;

/** A whole answer as tests look at it. */
public record WholeAnswer(Answer answer) {

  public Buffer body() {
    return answer.bytes();
  }

  public String model() {
    return answer.head().model();
  }

  public Usage usage() {
    return answer.end().result().usage();
  }

  public String finishReason() {
    return answer.end().result().finishReason();
  }

  public long contentChars() {
    return answer.end().result().contentChars();
  }
}
