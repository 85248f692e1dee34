package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.network.CauseText;
import dev.infermux.network.ProxyServer;
import dev.infermux.network.TlsFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Says what an exception of the HTTP client means. */
final class TransportFailures {

  /** A provider that leaves after this long without a word has not answered: it was silent. */
  static final Duration LONG_SILENCE = Duration.ofSeconds(10);

  private static final String CA_FILE = "tls.ca_file of the provider";

  private TransportFailures() {}

  /**
   * A connection that could not be had, or broke before the answer was complete.
   *
   * @param silentNanos how long the provider had said nothing then; 0 = it was not asked yet
   */
  static Failure broken(Transport transport, Throwable cause, long silentNanos) {
    if (cause instanceof InferenceException known) {
      return known.failure();
    }
    ProviderFailures failures = transport.failures();
    Failure shortage = LocalShortage.of(failures.provider(), cause);
    if (shortage != null) {
      transport.shortages().tell(shortage.message());
      return shortage;
    } else if (silentNanos > LONG_SILENCE.toNanos()) {
      return failures.silentUntilItLeft(Duration.ofNanos(silentNanos));
    }
    if (cause instanceof DecoderException tls && tls.getCause() instanceof SSLException refused) {
      return failures.lost(TlsFailure.reason(refused, CA_FILE));
    }
    if (cause instanceof BodyTooLarge || cause instanceof BodyUndecodable) {
      return failures.malformed(200, CauseText.of(cause));
    }
    if (cause instanceof DecoderException || cause instanceof IllegalArgumentException) {
      return failures.malformed(0, "an answer that is not HTTP");
    }
    ProxyServer proxy = transport.proxy();
    if (proxy != null && ProxyFailure.isOne(cause)) {
      return failures.lost(ProxyFailure.reason(proxy, cause));
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
    } else if (cause instanceof SSLException refused) {
      return TlsFailure.reason(refused, CA_FILE);
    } else if (cause instanceof HttpClosedException) {
      return "connection closed before the answer was complete";
    }
    return "connection failed (" + cause.getClass().getSimpleName() + ")";
  }
}
