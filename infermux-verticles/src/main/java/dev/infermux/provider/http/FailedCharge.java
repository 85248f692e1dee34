package dev.infermux.provider.http;

import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt took that fails before its answer begins: what the provider reported, else the
 * prompt and what was written, once the provider has accepted the call.
 */
final class FailedCharge {

  private final Attempt attempt;
  private boolean accepted;
  private @Nullable Usage reported;

  FailedCharge(Attempt attempt) {
    this.attempt = attempt;
  }

  /** The head of a success has come. */
  void accepted() {
    accepted = true;
  }

  /** A body said what it took. */
  void reported(@Nullable Usage usage) {
    reported = usage;
  }

  /**
   * Tells what is charged.
   *
   * @param stream what was read of a stream; null where there is none
   * @param begun whether an event for the caller was among it
   */
  void tell(Failure failure, @Nullable End stream, boolean begun) {
    Usage usage = stream == null ? reported : stream.usage();
    if (usage != null || (accepted && (begun || !refused(failure)))) {
      attempt.progress().charged(usage, stream == null ? 0 : stream.contentChars());
    }
  }

  /** An error in the place of an answer is the same as one with a status of its own. */
  private static boolean refused(Failure failure) {
    return switch (failure.kind()) {
      case MALFORMED, CUT, CONNECTION, SILENCE, CANCELLED -> false;
      default -> true;
    };
  }
}
