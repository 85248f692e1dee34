package dev.infermux.inference;

import dev.infermux.mist.LocalPayload;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a call or one of its attempts brought back, in the dialect of the call. It crosses the bus
 * by reference.
 *
 * <p>An answer returns through the stages once. A stage that has something to do at its end says so
 * with {@link #onEnd}: inner stages run before outer ones, each sees what the inner ones made of
 * the end, and all have run before the stream's own end or exception handler does.
 *
 * @param end completed already when the body is whole; it never fails
 */
public record Answer(Head head, Body body, Future<End> end) implements LocalPayload {

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  /** A whole answer, as its provider sees it. */
  public static Answer whole(Buffer body, End end) {
    return new Answer(Head.of(end.model()), new Body.Whole(body), Future.succeededFuture(end));
  }

  /**
   * A stream whose first event has arrived, as its provider sees it.
   *
   * @param model the model the provider says it uses; empty when it has not said
   */
  public static Answer streamed(String model, AnswerStream events) {
    return new Answer(Head.of(model), new Body.Stream(events), events.end());
  }

  /**
   * What is known when an answer begins.
   *
   * @param translation what became of the request on its way to the provider
   * @param mediaType of a body that is not what its dialect's answers are; empty = it is
   */
  public record Head(String model, ServedBy servedBy, Translation translation, String mediaType) {

    static Head of(String model) {
      return new Head(model, ServedBy.NONE, Translation.NONE, "");
    }
  }

  /** The content: all of it, or a stream of it. */
  public sealed interface Body {

    /** The bytes are the provider's own wherever nothing had to change. */
    record Whole(Buffer bytes) implements Body {}

    /** Events that are not read yet. A stream stays in this process. */
    record Stream(AnswerStream events) implements Body {}
  }

  @Override
  public void undelivered() {
    if (streams()) {
      events().cancel();
    }
  }

  public boolean streams() {
    return body instanceof Body.Stream;
  }

  /** The bytes of a whole answer. */
  public Buffer bytes() {
    if (body instanceof Body.Whole whole) {
      return whole.bytes();
    }
    throw new IllegalStateException("a stream has no bytes of its own");
  }

  /** The events of a stream. */
  public AnswerStream events() {
    if (body instanceof Body.Stream stream) {
      return stream.events();
    }
    throw new IllegalStateException("a whole answer has no events");
  }

  /** The same answer, whose end {@code step} sees and may change; it runs once. */
  public Answer onEnd(UnaryOperator<End> step) {
    return new Answer(head, body, end.map(last -> taken(step, last)));
  }

  /** A step that throws must not keep the others from theirs: each gives back what it holds. */
  private static End taken(UnaryOperator<End> step, End last) {
    try {
      return step.apply(last);
    } catch (Throwable bug) {
      LOG.error("a bug at the end of an answer", bug);
      return last;
    }
  }

  public Answer servedBy(ServedBy by) {
    return new Answer(new Head(head.model(), by, head.translation(), head.mediaType()), body, end);
  }

  /** The same answer to a request that was translated, or of which something was left out. */
  public Answer translated(Translation translation) {
    return new Answer(
        new Head(head.model(), head.servedBy(), translation, head.mediaType()), body, end);
  }

  /** The same answer with a body of this media type. */
  public Answer ofType(String mediaType) {
    return new Answer(
        new Head(head.model(), head.servedBy(), head.translation(), mediaType), body, end);
  }

  public Answer withBody(Body other) {
    return new Answer(head, other, end);
  }
}
