package dev.infermux.provider.http;

import io.vertx.core.net.SocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A provider's base URL, taken apart once.
 *
 * @param host as it stands in the Host header: an IPv6 address keeps its brackets
 * @param path without a trailing slash; may be empty
 * @param query what the base URL carries after {@code ?}, kept on every request; null when nothing
 */
public record BaseUrl(
    SocketAddress server, String host, int port, boolean tls, String path, @Nullable String query) {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * Reads a base URL. A path that is written is taken as it is: a mere slash is the host's root.
   *
   * @param defaultPath the path that a URL without any stands for, such as {@code /v1}
   */
  public static BaseUrl of(URI baseUrl, String defaultPath) {
    String scheme = baseUrl.getScheme();
    boolean tls = "https".equalsIgnoreCase(scheme);
    String host = baseUrl.getHost();
    if (host == null || (!tls && !"http".equalsIgnoreCase(scheme))) {
      throw new IllegalArgumentException(
          "base_url: \"" + baseUrl + "\" (expected: http:// or https:// and a host)");
    }
    int port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
    String written = baseUrl.getRawPath();
    return new BaseUrl(
        SocketAddress.inetSocketAddress(port, host.replaceAll("[\\[\\]]", "")),
        host,
        port,
        tls,
        written.isEmpty() ? defaultPath : withoutEmptySegments(written),
        baseUrl.getRawQuery());
  }

  /** The target for a path below the base, which starts with a slash and may have a query. */
  public String target(String below) {
    return query == null
        ? path + below
        : path + below + (below.indexOf('?') < 0 ? "?" : "&") + query;
  }

  /** The same with another path behind its own, which starts with a slash. */
  public BaseUrl below(String more) {
    return new BaseUrl(server, host, port, tls, path + more, query);
  }

  /** As the configuration has it, without a query. */
  @Override
  public String toString() {
    boolean usual = port == (tls ? HTTPS_PORT : HTTP_PORT);
    return (tls ? "https://" : "http://") + host + (usual ? "" : ":" + port) + path;
  }

  private static String withoutEmptySegments(String path) {
    StringBuilder joined = new StringBuilder();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        joined.append('/').append(segment);
      }
    }
    return joined.toString();
  }
}
