package dev.infermux.inbound.http;

import dev.infermux.dialect.StreamTranslation;
import dev.infermux.inference.Answer;
import dev.infermux.inference.ServedBy;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How a front API shows the router's answers.
 *
 * @param whole the body of a whole one
 * @param stream shows a stream, by request id and what serves it
 * @param streamType the content type of streams
 */
record AnswerFormat(
    Function<Answer, Buffer> whole,
    BiFunction<String, ServedBy, StreamTranslation> stream,
    CharSequence streamType) {

  /** Streams are server-sent events. */
  static AnswerFormat of(
      Function<Answer, Buffer> whole, BiFunction<String, ServedBy, StreamTranslation> stream) {
    return new AnswerFormat(whole, stream, AnswerHeaders.EVENT_STREAM);
  }
}
