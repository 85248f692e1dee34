package dev.infermux.policy.ceiling;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps one provider under its requests and tokens of a rolling minute. Safe on any thread. */
public interface Ceiling {

  /** Whether {@link #reserve} would succeed now. */
  boolean hasRoom(long tokens);

  /** Takes room for one attempt; null when there is none. */
  @Nullable Reservation reserve(long tokens);

  /** Until there is room for an attempt of this size; zero when there is. */
  Duration untilRoom(long tokens);

  /** The provider asked not to be called for so long. */
  void closeFor(Duration wait);

  /** Requests that still fit in this minute; {@link CeilingOptions#UNLIMITED} without a limit. */
  long requestsLeft();
}
