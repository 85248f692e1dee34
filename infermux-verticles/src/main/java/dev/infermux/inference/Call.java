package dev.infermux.inference;

import dev.infermux.mist.LocalPayload;
import org.jspecify.annotations.Nullable;

/**
 * One call, as a listener understood it. It crosses the bus by reference and never leaves the
 * process.
 *
 * @param pinnedProvider the only provider that may serve it, or null
 * @param credential the caller's bearer token where it may be passed on, else null
 * @param headers of the caller's request; a provider's configuration names those that it gets
 * @param startedEpochNanos wall clock when the listener had the head of the request
 * @param startedNanos {@link System#nanoTime()} at the same moment
 * @param deadlineNanos the caller's deadline on the same clock; {@link #NO_DEADLINE} when it did
 *     not say
 * @param alive told on the call's event loop, between two events of a stream, that its provider
 *     works on it without a word for the caller
 * @param answerBytes keeps its whole answer in the account of memory
 */
public record Call(
    String requestId,
    Operation operation,
    RequestBody body,
    @Nullable String pinnedProvider,
    Attribution attribution,
    @Nullable Secret credential,
    CallerHeaders headers,
    Origin origin,
    Cancellation cancellation,
    long startedEpochNanos,
    long startedNanos,
    long deadlineNanos,
    Runnable alive,
    AnswerBytes answerBytes)
    implements LocalPayload {

  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** For a caller who is told nothing before the answer. */
  public static final Runnable UNHEARD = () -> {};

  /** For a caller whose answers count no longer once they are whole. */
  public static final AnswerBytes UNKEPT = bytes -> false;

  /** The same call, whose caller is told of the provider's signs of life. */
  public Call heardBy(Runnable listener) {
    return new Call(
        requestId,
        operation,
        body,
        pinnedProvider,
        attribution,
        credential,
        headers,
        origin,
        cancellation,
        startedEpochNanos,
        startedNanos,
        deadlineNanos,
        listener,
        answerBytes);
  }

  /** The same call for one provider alone, unless it is for one already. */
  public Call pinnedTo(String provider) {
    return new Call(
        requestId,
        operation,
        body,
        pinnedProvider == null ? provider : pinnedProvider,
        attribution,
        credential,
        headers,
        origin,
        cancellation,
        startedEpochNanos,
        startedNanos,
        deadlineNanos,
        alive,
        answerBytes);
  }

  /** The same call with another request. */
  public Call withBody(RequestBody other) {
    return as(operation, other);
  }

  /** The same call as another operation with another request. */
  public Call as(Operation asked, RequestBody other) {
    return new Call(
        requestId,
        asked,
        other,
        pinnedProvider,
        attribution,
        credential,
        headers,
        origin,
        cancellation,
        startedEpochNanos,
        startedNanos,
        deadlineNanos,
        alive,
        answerBytes);
  }

  /** The model as the caller named it; empty or {@code auto} leaves the choice to the router. */
  public String model() {
    return body.model();
  }

  public boolean stream() {
    return body.facts().stream();
  }
}
