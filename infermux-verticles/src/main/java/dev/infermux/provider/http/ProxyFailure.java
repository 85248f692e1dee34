package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure;
import dev.infermux.network.ProxyServer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why there is no way through a proxy. */
final class ProxyFailure {

  private static final Pattern STATUS = Pattern.compile("status: (\\d{3})");
  private static final int AUTHENTICATION_REQUIRED = 407;
  private static final String CREDENTIALS =
      "it asks for a user and a password, or for others (407)";

  private ProxyFailure() {}

  /** Whether this can happen between here and the proxy alone. */
  static boolean isOne(Throwable cause) {
    return cause instanceof ConnectException // Netty's timeouts and the proxy's refusals too
        || cause instanceof UnknownHostException;
  }

  static String reason(ProxyServer proxy, Throwable cause) {
    return through(proxy, why(cause));
  }

  /** Whether a status is the proxy's own: no provider sends it. */
  static boolean isOne(int status) {
    return status == AUTHENTICATION_REQUIRED;
  }

  /** What such a status means. */
  static Failure unauthorized(ProviderFailures failures, ProxyServer proxy) {
    return failures.lost(through(proxy, CREDENTIALS));
  }

  private static String through(ProxyServer proxy, String why) {
    return "no connection through the proxy " + proxy + ": " + why;
  }

  private static String why(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "its host name does not resolve";
    } else if (cause instanceof ConnectTimeoutException) {
      return "it does not answer in time";
    } else if (!(cause instanceof ProxyConnectException)) {
      return "it refuses connections";
    }
    String message = String.valueOf(cause.getMessage());
    Matcher status = STATUS.matcher(message);
    if (status.find()) {
      return isOne(Integer.parseInt(status.group(1)))
          ? CREDENTIALS
          : "it answered " + status.group(1);
    }
    return message.contains("timeout") ? "it does not answer in time" : "it refused";
  }
}
