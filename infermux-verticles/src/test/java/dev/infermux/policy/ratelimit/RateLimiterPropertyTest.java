package dev.infermux.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any interleaving of attempts, corrections and time, against a list of all that happened. */
class RateLimiterPropertyTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long SLOT = RollingCount.SLOT_NANOS;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final List<Attempt> attempts = new ArrayList<>();
  private long now = random.nextLong();
  private long requestLimit;
  private long tokenLimit;

  @Test
  void no_minute_holds_more_than_the_limits_and_room_comes_back_in_time() {
    for (int run = 0; run < 60; run++) {
      attempts.clear();
      requestLimit = random.nextInt(4) == 0 ? RateLimitOptions.UNLIMITED : 1 + random.nextInt(40);
      tokenLimit = random.nextInt(4) == 0 ? RateLimitOptions.UNLIMITED : 1 + random.nextInt(2_000);
      RateLimiter limiter =
          new RateLimiter(new RateLimitOptions(requestLimit, tokenLimit), () -> now);
      long slowest = 1 + (long) Math.pow(10, 7 + random.nextInt(4));
      for (int step = 0; step < 1_000; step++) {
        now += random.nextLong(slowest);
        switch (random.nextInt(4)) {
          case 0, 1 -> attempt(limiter, random.nextInt(300));
          case 2 -> settleOne();
          default -> releaseOne();
        }
      }
    }
  }

  @Test
  void all_that_is_released_comes_back() {
    RateLimiter limiter = new RateLimiter(new RateLimitOptions(50, 9_000), () -> now);
    List<RateLimitReservation> held = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      now += random.nextLong(SLOT);
      RateLimitReservation reservation = limiter.reserve(random.nextInt(500));
      if (reservation != null) {
        held.add(reservation);
      }
      if (random.nextInt(3) == 0 && !held.isEmpty()) {
        held.remove(random.nextInt(held.size())).release();
      }
    }

    held.forEach(RateLimitReservation::release);

    assertThat(limiter.requestsLeft()).as("seed %d", seed).isEqualTo(50);
    assertThat(limiter.tokensLeft()).as("seed %d", seed).isEqualTo(9_000);
  }

  private void attempt(RateLimiter limiter, long tokens) {
    boolean promised = limiter.hasRoom(tokens);
    Duration wait = limiter.untilRoom(tokens);
    RateLimitReservation reservation = limiter.reserve(tokens);

    assertThat(reservation != null).as(this::told).isEqualTo(promised);
    assertThat(wait.isZero()).as(this::told).isEqualTo(promised);
    if (reservation != null) {
      assertThat(room(tokens, MINUTE)).as(this::told).isTrue();
      attempts.add(new Attempt(reservation, now, 1, tokens));
    } else {
      assertThat(room(tokens, MINUTE + SLOT)).as(this::told).isFalse();
      long before = now;
      now = before + wait.toNanos() - 1;
      assertThat(limiter.hasRoom(tokens)).as(this::told).isFalse();
      now++;
      assertThat(limiter.hasRoom(tokens)).as(this::told).isTrue();
    }
  }

  /** Whether the limits leave room beside what was taken in a span that ends now. */
  private boolean room(long tokens, long span) {
    long requestsTaken = 0;
    long tokensTaken = 0;
    for (Attempt attempt : attempts) {
      if (now - attempt.at < span) {
        requestsTaken += attempt.requests;
        tokensTaken += attempt.tokens;
      }
    }
    boolean fits = tokensTaken == 0 || tokensTaken <= tokenLimit - tokens;
    return requestsTaken < requestLimit && fits;
  }

  private void settleOne() {
    if (!attempts.isEmpty()) {
      Attempt attempt = attempts.get(random.nextInt(attempts.size()));
      long tokens = random.nextInt(600);
      attempt.reservation.settle(tokens);
      attempt.ends(attempt.requests, tokens);
    }
  }

  private void releaseOne() {
    if (!attempts.isEmpty()) {
      Attempt attempt = attempts.get(random.nextInt(attempts.size()));
      attempt.reservation.release();
      attempt.ends(0, 0);
    }
  }

  private String told() {
    return "seed " + seed + ", limits " + requestLimit + " and " + tokenLimit;
  }

  /** What is known of an attempt that was let through. */
  private static final class Attempt {
    private final RateLimitReservation reservation;
    private final long at;
    private long requests;
    private long tokens;
    private boolean ended;

    Attempt(RateLimitReservation reservation, long at, long requests, long tokens) {
      this.reservation = reservation;
      this.at = at;
      this.requests = requests;
      this.tokens = tokens;
    }

    void ends(long requests, long tokens) {
      if (!ended) {
        ended = true;
        this.requests = requests;
        this.tokens = tokens;
      }
    }
  }
}
