package dev.infermux.inbound.management.view;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** What each name cost lately. */
public interface RecentSpendView {

  Future<RecentSpend> recentSpend(Bucket bucket);

  /** By what time is split; days are those of UTC. */
  enum Bucket {
    HOUR(Duration.ofHours(1), 24),
    DAY(Duration.ofDays(1), 31);

    private final Duration width;
    private final int count;

    Bucket(Duration width, int count) {
      this.width = width;
      this.count = count;
    }

    public Duration width() {
      return width;
    }

    /** How many there are. */
    public int count() {
      return count;
    }

    /** When the first of them began; the current one is the last. */
    public Instant first(Instant now) {
      long millis = width.toMillis();
      return Instant.ofEpochMilli((now.toEpochMilli() / millis - count + 1) * millis);
    }
  }
}
