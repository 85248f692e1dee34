package dev.infermux.mist;

import java.util.Random;
import java.util.function.Consumer;

/** Runs a check for many seeds; {@code -Dmist.seed=n} runs one again. */
final class Seeds {

  private static final Long ONLY = Long.getLong("mist.seed");

  private Seeds() {}

  static void run(int count, Consumer<Random> check) {
    long first = ONLY == null ? 1 : ONLY;
    for (long seed = first; seed < first + (ONLY == null ? count : 1); seed++) {
      try {
        check.accept(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("failed with -Dmist.seed=" + seed, e);
      }
    }
  }
}
