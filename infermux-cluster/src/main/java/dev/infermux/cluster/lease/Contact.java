package dev.infermux.cluster.lease;

import dev.infermux.time.Time;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether the store answers. The log is told when it does not, of each reason once, and when it
 * does again; not of each try, and not of every turn where some statements fail and others do not.
 * The budget's event loop has it.
 */
final class Contact {

  private static final Duration SILENCE = Duration.ofSeconds(1);
  private static final Duration BETWEEN = Duration.ofSeconds(10);
  private static final int MOST_REASONS = 5;

  private final Time time;
  private final LeaseEvents events;
  private boolean silent;
  private long silentSince;
  private long heardAt = Long.MIN_VALUE;
  private int repeating;
  private final Set<String> told = new HashSet<>();
  private long toldSince;
  private long toldAt = Long.MIN_VALUE;

  Contact(Time time, LeaseEvents events) {
    this.time = time;
    this.events = events;
  }

  /** Whether the store has left questions without an answer for a while. */
  boolean silent() {
    return silent && silentFor().compareTo(SILENCE) >= 0;
  }

  /** Whether it has been silent for less than that. */
  boolean silentWithin(Duration span) {
    return silent && silentFor().compareTo(span) < 0;
  }

  private Duration silentFor() {
    return Duration.ofNanos(time.nanos() - silentSince);
  }

  /** Something fails that is tried again until it does not. */
  void repeats() {
    repeating++;
  }

  void repeated() {
    repeating--;
  }

  /** Another holder asks from here on: what the last one repeated is given up. */
  void begun() {
    repeating = 0;
    heard();
  }

  void failed(String reason) {
    long now = time.nanos();
    if (!silent) {
      silent = true;
      silentSince = now;
    }
    boolean calm = toldAt == Long.MIN_VALUE || now - toldAt >= BETWEEN.toNanos();
    if (told.isEmpty() ? calm : told.size() < MOST_REASONS && !told.contains(reason)) {
      toldSince = told.isEmpty() ? silentSince : toldSince;
      told.add(reason);
      toldAt = now;
      events.silent(reason);
    }
  }

  /**
   * The same of a question that nobody waits for, unless the store has answered another one since.
   *
   * @param askedAt when it was asked
   */
  void missed(String reason, long askedAt) {
    if (heardAt == Long.MIN_VALUE || heardAt - askedAt < 0) {
      failed(reason);
    }
  }

  void heard() {
    heardAt = time.nanos();
    silent = false;
    if (!told.isEmpty() && repeating == 0) {
      told.clear();
      toldAt = heardAt;
      events.heard(Duration.ofNanos(heardAt - toldSince));
    }
  }
}
