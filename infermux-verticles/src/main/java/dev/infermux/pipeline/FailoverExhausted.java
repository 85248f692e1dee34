package dev.infermux.pipeline;

import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.record.AttemptRecord;
import java.util.List;

/** What a caller is told when every attempt has failed. */
final class FailoverExhausted {

  private FailoverExhausted() {}

  /** The last failure, with what was tried before it. */
  static Failure told(Failure last, List<AttemptRecord> attempts) {
    if (attempts.size() < 2) {
      return last;
    } else if (last instanceof Failure.UpstreamError error) {
      return new Failure.UpstreamError(
          error.kind(),
          error.providerStatus(),
          error.message() + tried(attempts),
          error.retryAfter(),
          error.shouldRetry(),
          providers(attempts));
    }
    return last instanceof Failure.UpstreamTimeout silent
        ? new Failure.UpstreamTimeout(silent.message() + tried(attempts), providers(attempts))
        : last;
  }

  private static int providers(List<AttemptRecord> attempts) {
    return (int) attempts.stream().map(AttemptRecord::provider).distinct().count();
  }

  private static String tried(List<AttemptRecord> attempts) {
    StringBuilder text = new StringBuilder(" (tried in turn: ");
    String separator = "";
    for (AttemptRecord attempt : attempts) {
      FailureClass kind = attempt.kind();
      text.append(separator)
          .append(attempt.provider())
          .append(": ")
          .append(kind == null ? "ok" : kind.wireName());
      separator = ", ";
    }
    return text.append(')').toString();
  }
}
