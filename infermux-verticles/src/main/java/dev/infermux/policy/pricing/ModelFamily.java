package dev.infermux.policy.pricing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the family of a model's snapshot: {@code gpt-4o-2024-08-06} belongs to {@code gpt-4o}. Only
 * dates and {@code latest} are taken off, so that no model ever passes for its dearer or cheaper
 * sibling.
 */
final class ModelFamily {

  /**
   * {@code -2024-08-06}, {@code -20240806}, {@code @20240806}, {@code -0806} or {@code -latest}.
   */
  private static final Pattern SNAPSHOT =
      Pattern.compile(
          "(.+?)(?:-(?:20\\d{2}-[01]\\d-[0-3]\\d|20\\d{2}[01]\\d[0-3]\\d|[0-3]\\d[0-3]\\d|latest)"
              + "|@20\\d{2}[01]\\d[0-3]\\d)");

  private static final String FINE_TUNED = "ft:";

  /** A name worth matching; longer ones belong to no family. */
  private static final int LONGEST_NAME = 200;

  private ModelFamily() {}

  /**
   * The family, or null when the name is no snapshot's. {@code ft:gpt-4o:acme::id} is of the family
   * {@code ft:gpt-4o}: fine-tuned models have rates of their own.
   */
  static @Nullable String of(String model) {
    if (model.length() > LONGEST_NAME) {
      return null;
    }
    if (model.startsWith(FINE_TUNED)) {
      int base = model.indexOf(':', FINE_TUNED.length());
      if (base > 0) {
        return model.substring(0, base);
      }
    }
    Matcher snapshot = SNAPSHOT.matcher(model);
    return snapshot.matches() ? snapshot.group(1) : null;
  }
}
