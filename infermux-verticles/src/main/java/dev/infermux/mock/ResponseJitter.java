package dev.infermux.mock;

import java.time.Duration;
import java.util.SplittableRandom;

/** Makes waits longer at random: the same way for the same seed and number of request. */
final class ResponseJitter {

  private final SplittableRandom random;
  private final long mostMillis;

  private ResponseJitter(SplittableRandom random, Duration most) {
    this.random = random;
    this.mostMillis = most.toMillis();
  }

  /**
   * One for the n-th request, independent of other requests.
   *
   * @param use distinguishes the uses within one request
   */
  static ResponseJitter of(long seed, long number, int use, Duration most) {
    SplittableRandom ofRequest = new SplittableRandom(seed * 31 + number);
    return new ResponseJitter(new SplittableRandom(ofRequest.nextLong() + use), most);
  }

  /** A wait, longer by up to the most; no wait stays none. */
  Duration longer(Duration wait) {
    return wait.isZero() || mostMillis == 0
        ? wait
        : wait.plusMillis(random.nextLong(mostMillis + 1));
  }
}
