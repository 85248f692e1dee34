package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says what an exception of the HTTP client means. */
final class TransportFailures {

  private TransportFailures() {}

  /** A connection that could not be had, or broke before the answer was complete. */
  static Failure broken(ProviderFailures failures, Throwable cause) {
    if (cause instanceof DecoderException tls && tls.getCause() instanceof SSLException) {
      return failures.lost("the TLS handshake failed");
    }
    if (cause instanceof TooLongFrameException || cause instanceof IllegalArgumentException) {
      return failures.malformed(0, "an answer that is not HTTP");
    }
    return failures.lost(reason(cause));
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
}
