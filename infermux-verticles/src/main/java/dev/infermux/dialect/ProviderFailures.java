package dev.infermux.dialect;

import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Words the failures of one provider's transport; no host, address or key shows in them. */
public record ProviderFailures(String provider) {

  /** An answer that is not what the dialect promises. */
  public Failure malformed(int status, String found) {
    return new UpstreamError(FailureClass.MALFORMED, status, named(found), null);
  }

  /** A stream that stopped before its terminal event. */
  public Failure cut(String how) {
    return new UpstreamError(FailureClass.CUT, 200, named(how), null);
  }

  /** A stream in which nothing came for too long. */
  public Failure stalled(Duration limit) {
    return cut("it sent nothing for " + text(limit) + " before its stream was complete");
  }

  /** Starts a message about the provider. */
  public String named(String what) {
    return "provider \"" + provider + "\": " + what;
  }

  /** Nothing came for too long, and no answer has begun. */
  public Failure silent(String awaited, Duration limit) {
    return new UpstreamTimeout(named("no " + awaited + " within " + text(limit)));
  }

  public Failure cancelled() {
    return new Failure.Cancelled(named("the caller left"));
  }

  /** A connection that could not be had, or broke before the answer was complete. */
  public Failure broken(Throwable cause) {
    if (cause instanceof DecoderException tls && tls.getCause() instanceof SSLException) {
      return lost("the TLS handshake failed");
    }
    if (cause instanceof TooLongFrameException || cause instanceof IllegalArgumentException) {
      return malformed(0, "an answer that is not HTTP");
    }
    return lost(reason(cause));
  }

  /** No connection, or none any more, before an answer was complete. */
  public Failure lost(String reason) {
    return new UpstreamError(FailureClass.CONNECTION, 0, named(reason), null);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "its host name does not resolve";
    } else if (cause instanceof ConnectTimeoutException) {
      return "no connection in time";
    } else if (cause instanceof ConnectException) {
      return "connection refused";
    } else if (cause instanceof SSLException) {
      return "the TLS handshake failed";
    } else if (cause instanceof ConnectionPoolTooBusyException) {
      return "too many calls wait for a connection";
    } else if (cause instanceof HttpClosedException) {
      return "connection closed before the answer was complete";
    }
    return "connection failed (" + cause.getClass().getSimpleName() + ")";
  }

  public static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
