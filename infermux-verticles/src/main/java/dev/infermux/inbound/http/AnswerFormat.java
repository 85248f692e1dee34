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
 * @param comment what a stream may hold between two events without a meaning; empty = nothing
 */
record AnswerFormat(
    Function<Answer, Buffer> whole,
    BiFunction<String, ServedBy, StreamTranslation> stream,
    CharSequence streamType,
    Buffer comment) {

  /** Streams are server-sent events. */
  static AnswerFormat of(
      Function<Answer, Buffer> whole, BiFunction<String, ServedBy, StreamTranslation> stream) {
    return new AnswerFormat(whole, stream, AnswerHeaders.EVENT_STREAM, KeepAlive.COMMENT);
  }

  AnswerFormat withComment(Buffer other) {
    return new AnswerFormat(whole, stream, streamType, other);
  }
}
