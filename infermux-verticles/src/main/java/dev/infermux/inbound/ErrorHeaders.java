package dev.infermux.inbound;

import dev.infermux.inference.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/** The headers that go with an error, independent of the shape of its body. */
public final class ErrorHeaders {

  private static final CharSequence ERROR = HttpHeaders.createOptimized("X-Infermux-Error");
  private static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");
  private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("WWW-Authenticate");
  private static final CharSequence FALSE = HttpHeaders.createOptimized("false");
  private static final CharSequence TRUE = HttpHeaders.createOptimized("true");

  private ErrorHeaders() {}

  /** Sets the headers that go with a failure. */
  public static void set(Failure failure, MultiMap headers) {
    // A provider's own code may be in it, with any characters.
    headers.set(ERROR, HeaderText.of(failure.code()));
    String challenge = failure.challenge();
    if (challenge != null) {
      headers.set(CHALLENGE, challenge);
    }
    Duration wait = failure.retryAfter();
    if (wait != null) {
      long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    if (!failure.worthRetrying()) {
      headers.set(SHOULD_RETRY, FALSE);
    } else if (Boolean.TRUE.equals(failure.shouldRetry())) {
      headers.set(SHOULD_RETRY, TRUE);
    }
  }
}
