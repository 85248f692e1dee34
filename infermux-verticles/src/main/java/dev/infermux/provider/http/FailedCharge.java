package dev.infermux.provider.http;

import dev.infermux.dialect.ResponseDialect;
import dev.infermux.dialect.TornContent;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Usage;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt took that fails before its answer begins: what the provider reported, else the
 * prompt and what was written, once the provider has accepted the call.
 */
final class FailedCharge {

  private final Attempt attempt;
  private final ResponseDialect dialect;
  private boolean accepted;
  private @Nullable Supplier<Buffer> underWay;
  private @Nullable Usage reported;
  private long contentChars;

  FailedCharge(Attempt attempt, ResponseDialect dialect) {
    this.attempt = attempt;
    this.dialect = dialect;
  }

  /** The head of a success has come. */
  void accepted() {
    accepted = true;
  }

  /** A body is read: as much of it as there is then counts when the attempt fails. */
  void reading(Supplier<Buffer> body) {
    underWay = body;
  }

  /** A body is of no other use than to say what it took. */
  void read(Buffer body) {
    underWay = null;
    reported = dialect.usageIn(body);
    contentChars = TornContent.chars(body);
  }

  /**
   * Tells what is charged.
   *
   * @param stream what was read of a stream; null where there is none
   * @param begun whether an event for the caller was among it
   */
  void tell(Failure failure, @Nullable End stream, boolean begun) {
    if (stream == null && underWay != null) {
      read(underWay.get());
    }
    Usage usage = stream == null ? reported : stream.usage();
    if (usage != null || (accepted && (begun || !refused(failure)))) {
      attempt.progress().charged(usage, stream == null ? contentChars : stream.contentChars());
    }
  }

  /** An error in the place of an answer is the same as one with a status of its own. */
  private static boolean refused(Failure failure) {
    return switch (failure.kind()) {
      case MALFORMED, CUT, CONNECTION, SILENCE, CANCELLED, LOCAL_SHORTAGE -> false;
      default -> true;
    };
  }
}
