package dev.infermux.provider.http;

import dev.infermux.time.Deadlines;
import dev.infermux.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a stream's first token is waited for.
 *
 * @param others while another provider may be asked
 * @param last at the last one: models that reason think for minutes
 */
record FirstTokenLimits(Deadlines others, Deadlines last) {

  private static final Duration WITH_OTHERS = Duration.ofSeconds(60);
  private static final Duration AT_THE_LAST = Duration.ofMinutes(5);

  /**
   * @param configured for both; null = the defaults
   */
  static FirstTokenLimits of(Time time, @Nullable Duration configured) {
    return configured == null
        ? new FirstTokenLimits(new Deadlines(time, WITH_OTHERS), new Deadlines(time, AT_THE_LAST))
        : same(new Deadlines(time, configured));
  }

  private static FirstTokenLimits same(Deadlines limit) {
    return new FirstTokenLimits(limit, limit);
  }

  Deadlines of(boolean lastAttempt) {
    return lastAttempt ? last : others;
  }

  boolean isEmpty() {
    return others.isEmpty() && last.isEmpty();
  }

  void close() {
    others.close();
    last.close();
  }
}
