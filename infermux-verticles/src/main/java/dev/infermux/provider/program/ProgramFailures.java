package dev.infermux.provider.program;

import dev.infermux.dialect.Completeness;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names what a program's provider did wrong; the log has the details, which no caller sees. */
final class ProgramFailures {

  private static final Logger LOG = LoggerFactory.getLogger(ProgramProvider.class);

  private final String name;
  private final ProviderFailures worded;

  ProgramFailures(String name) {
    this.name = name;
    this.worded = new ProviderFailures(name);
  }

  /** What failed a future or a stream. */
  InferenceException of(Throwable cause) {
    if (cause instanceof InferenceException known) {
      return known;
    }
    LOG.warn("provider {}: failed", name, cause);
    FailureClass kind =
        cause instanceof IOException ? FailureClass.CONNECTION : FailureClass.SERVER_ERROR;
    return failed(kind, "failed with " + cause.getClass().getSimpleName());
  }

  InferenceException thrown(Throwable cause) {
    if (cause instanceof InferenceException known) {
      return known;
    }
    LOG.error("provider {}: threw instead of failing its future", name, cause);
    return failed(FailureClass.SERVER_ERROR, "threw " + cause.getClass().getSimpleName());
  }

  /** A null where a value was due. */
  InferenceException nothing(String what) {
    return failed(FailureClass.MALFORMED, what + " was null");
  }

  /** An answer that cannot be written. */
  InferenceException unsound(RuntimeException cause) {
    LOG.warn("provider {}: an answer that is none", name, cause);
    return failed(FailureClass.MALFORMED, "an answer that is none");
  }

  InferenceException silent(Duration limit) {
    return new InferenceException(worded.silent(ProviderFailures.Limit.ANSWER, limit));
  }

  InferenceException stalled(Duration limit) {
    return new InferenceException(worded.stalled(limit));
  }

  /**
   * A stream that ended and is not whole.
   *
   * @param reason the one that it gave; empty = none
   */
  InferenceException unfinished(String reason) {
    return new InferenceException(
        Completeness.isError(reason)
            ? worded.endedWith(reason)
            : worded.cut("its stream ended without a reason (expected: ChatChunk.end(…))"));
  }

  InferenceException cancelled() {
    return new InferenceException(worded.cancelled());
  }

  /** What comes after the end is ignored; the log tells once for each stream. */
  void afterTheEnd(String what) {
    LOG.warn("provider {}: {} after the end of its stream is ignored", name, what);
  }

  private InferenceException failed(FailureClass kind, String what) {
    return new InferenceException(new Failure.UpstreamError(kind, 0, worded.named(what), null));
  }
}
