package dev.infermux.mist.transport;

import dev.infermux.mist.MistException;
import dev.infermux.mist.json.JsonProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where a sender sends to, as the tools of the family write it: a URL. */
public sealed interface MistAddress {

  /**
   * Envelopes are posted, one a request.
   *
   * @param endpoint the full URL, ending in {@code /mist}
   */
  record Http(URI endpoint) implements MistAddress {

    public boolean tls() {
      return "https".equalsIgnoreCase(endpoint.getScheme());
    }

    /** The port of the URL, or the one that its scheme implies. */
    public int port() {
      return endpoint.getPort() >= 0 ? endpoint.getPort() : tls() ? 443 : 80;
    }
  }

  /** Envelopes are appended, one a line. */
  record File(Path path) implements MistAddress {}

  /** Envelopes are written to the stream of the process, one a line. */
  record Stdio() implements MistAddress {}

  /**
   * Reads {@code http://host[:port][/base]}, {@code https://…}, {@code file:///path} or {@code
   * stdio://}; throws {@link MistException} for anything else.
   */
  static MistAddress parse(String url) {
    if (url.strip().equals("stdio://")) { // to java.net.URI not a URI
      return new Stdio();
    }
    try {
      URI uri = new URI(url.strip());
      return switch (String.valueOf(uri.getScheme())) {
        case "http", "https" -> http(uri, url);
        case "file" -> file(uri, url);
        default -> throw invalid(url);
      };
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw invalid(url);
    }
  }

  private static Http http(URI uri, String url) {
    boolean plain =
        uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (uri.getHost() == null || !plain || uri.getPort() > 0xffff) {
      throw invalid(url);
    }
    String base = uri.getRawPath().replaceAll("/+$", "");
    String path = base.endsWith("/mist") ? base : base + "/mist";
    return new Http(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path));
  }

  private static File file(URI uri, String url) {
    if (uri.getRawAuthority() != null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw invalid(url);
    }
    return new File(Path.of(uri.getPath()));
  }

  private static MistException invalid(String url) {
    return MistException.invalid(
        "address",
        JsonProblem.shown(url),
        "http://host[:port][/base] | https://… | file:///path | stdio://");
  }
}
