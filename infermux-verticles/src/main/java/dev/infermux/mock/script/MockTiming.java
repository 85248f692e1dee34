package dev.infermux.mock.script;

import java.time.Duration;

/**
 * How long an answer takes.
 *
 * @param latency before the head
 * @param firstToken from the head to the first token
 * @param pace between two tokens
 * @param jitter by how much each of these waits is longer at most
 */
public record MockTiming(Duration latency, Duration firstToken, Duration pace, Duration jitter) {

  /** At once. */
  public static final MockTiming NONE =
      new MockTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
