package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.QueuedStream;
import dev.infermux.inference.StreamTranscript;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream for the caller, whose source is replaced by another one whenever it is cut. */
final class ContinuedStream extends QueuedStream {

  private static final Logger LOG = LoggerFactory.getLogger(ContinuedStream.class);

  /** Finds who writes on. */
  interface Source {

    /**
     * A stream that goes on from a text; empty when no provider can, failed when the caller has
     * left meanwhile.
     */
    Future<Optional<Part>> rest(String text);

    /** Whether the caller has left. */
    boolean left();
  }

  /**
   * A later part of the stream.
   *
   * @param restarted whether its provider was asked for the whole answer
   */
  record Part(Answer answer, boolean restarted) {}

  private final Source rest;
  private final StreamTranscript transcript;
  private Answer source;
  private @Nullable End last;
  private @Nullable Failure failure;
  private long firstTokenNanos;
  private boolean first = true;
  private boolean between;
  private boolean dropped;
  private @Nullable Answer refused;

  /**
   * Takes a stream that is not read yet.
   *
   * @param transcript of the stream's dialect, still empty
   */
  ContinuedStream(Answer source, StreamTranscript transcript, Source rest) {
    this.transcript = transcript;
    this.rest = rest;
    this.source = source;
    follow(source);
  }

  private void follow(Answer next) {
    source = next;
    between = false;
    next.end().onSuccess(end -> sourceEnded(next, end));
    AnswerStream events = next.events();
    events.exceptionHandler(broken -> cut());
    events.endHandler(whole -> seal());
    events.handler(this::relay);
  }

  private void relay(Buffer events) {
    if (first) {
      transcript.read(events);
      offer(events);
    } else {
      Buffer fitted = transcript.fit(events);
      if (transcript.refused()) {
        refuse();
        return;
      }
      offer(fitted.length() == 0 ? null : fitted);
    }
  }

  /** What the caller has read is not continued here: nobody reads a word of it. */
  private void refuse() {
    Answer other = source;
    LOG.warn(
        "provider {}: it does not go on from the text that the caller has read; its part of the"
            + " stream is not shown",
        other.head().servedBy().provider());
    refused = other;
    other.events().cancel();
    cut();
  }

  private void sourceEnded(Answer from, End summary) {
    if (from.equals(refused)) {
      return;
    }
    last = summary;
    failure = summary.failure();
    firstTokenNanos = firstTokenNanos == 0 ? summary.firstTokenNanos() : firstTokenNanos;
    if (dropped || rest.left() || failure instanceof Failure.Cancelled) {
      // A source whose caller has left notifies no other, even one that had become whole by then.
      dropped = true;
      drop(ending());
    }
  }

  private void left(Failure why) {
    failure = why;
    dropped = true;
    drop(ending());
  }

  private void cut() {
    String text = transcript.text();
    if (text.isEmpty() || failure == null || !anotherMayDoBetter(failure.kind())) {
      seal();
      return;
    }
    between = true;
    first = false;
    rest.rest(text)
        .onComplete(
            (next, cause) -> {
              if (cause != null) {
                left(InferenceException.failureOf(cause));
              } else if (next.isEmpty()) {
                seal();
              } else if (dropped) {
                next.get().answer().events().cancel();
              } else {
                transcript.resume(next.get().restarted());
                follow(next.get().answer());
                flow();
              }
            });
  }

  private static boolean anotherMayDoBetter(FailureClass kind) {
    return switch (kind) {
      case CUT, CONNECTION, SERVER_ERROR, MALFORMED, SILENCE, RATE_LIMITED, QUOTA, TRANSIENT ->
          true;
      case UNAUTHORIZED,
          NOT_FOUND,
          TOO_LARGE,
          CONTEXT_LENGTH,
          UNTRANSLATABLE,
          LOCAL_SHORTAGE,
          CALLER_FAULT,
          CANCELLED ->
          false;
    };
  }

  @Override
  protected void flow() {
    if (between || dropped) {
      return;
    }
    if (wanted()) {
      source.events().resume();
    } else {
      source.events().pause();
    }
  }

  @Override
  protected End ending() {
    End ended = last;
    if (ended == null) {
      throw new IllegalStateException("a source ends before its stream does");
    }
    return ended.with(firstTokenNanos, failure);
  }

  @Override
  public void cancel() {
    if (between || source.end().isComplete()) {
      left(new Failure.Cancelled("the caller left"));
    } else {
      dropped = true;
      source.events().cancel();
    }
  }
}
