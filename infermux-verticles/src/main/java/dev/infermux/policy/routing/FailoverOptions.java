package dev.infermux.policy.routing;

/**
 * Trying another provider.
 *
 * @param maxAttempts providers tried in all, the first included
 */
public record FailoverOptions(boolean enabled, int maxAttempts, MidStream midStream) {
  private static final FailoverOptions DEFAULTS = new FailoverOptions(true, 3, MidStream.ERROR);

  public static FailoverOptions defaults() {
    return DEFAULTS;
  }

  /** How many providers one call may try. */
  public int mostProviders() {
    return enabled ? maxAttempts : 1;
  }

  /** Whether a stream that was cut goes on elsewhere. */
  public boolean continuesStreams() {
    return enabled && midStream != MidStream.ERROR;
  }

  /** Whether a provider that cannot go on may write the answer anew. */
  public boolean restartsStreams() {
    return enabled && midStream == MidStream.RESTART;
  }

  public FailoverOptions withEnabled(boolean enabled) {
    return new FailoverOptions(enabled, maxAttempts, midStream);
  }

  public FailoverOptions withMaxAttempts(int maxAttempts) {
    return new FailoverOptions(enabled, maxAttempts, midStream);
  }

  public FailoverOptions withMidStream(MidStream midStream) {
    return new FailoverOptions(enabled, maxAttempts, midStream);
  }
}
