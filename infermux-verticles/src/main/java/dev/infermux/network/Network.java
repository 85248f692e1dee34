package dev.infermux.network;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a process knows of its network: the environment's {@code SSL_CERT_FILE}, {@code
 * HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in capitals or not, and
 * below them the JVM's properties {@code https.proxyHost}, {@code http.proxyHost} and {@code
 * http.nonProxyHosts}.
 */
public final class Network {

  private static final Network DIRECT = new Network(Map.of(), Map.of());
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final Map<String, String> environment;
  private final Map<String, String> properties;

  /** The certificates that the environment names, once they have been looked at. */
  private final AtomicReference<@Nullable Path> checked = new AtomicReference<>();

  private Network(Map<String, String> environment, Map<String, String> properties) {
    this.environment = Map.copyOf(environment);
    this.properties = Map.copyOf(properties);
  }

  /** No proxy, and whom the JVM trusts. */
  public static Network direct() {
    return DIRECT;
  }

  /** As this process was started. */
  public static Network ofThisProcess() {
    return of(System.getenv(), System.getProperties());
  }

  public static Network of(Map<String, String> environment, Properties properties) {
    Map<String, String> texts = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      texts.put(name, properties.getProperty(name, ""));
    }
    return new Network(environment, texts);
  }

  /**
   * How a peer is reached: as it says itself, else as the environment, else as the JVM says.
   *
   * @param own what the configuration has about this peer
   * @throws IllegalArgumentException when the environment names what cannot be used here
   */
  public NetworkOptions reach(URI peer, NetworkOptions own) {
    // Reading a system's bundle takes a fifth of a start: not for a peer that shows no certificate.
    boolean trusts = own.caFile() == null && !"http".equalsIgnoreCase(peer.getScheme());
    return new NetworkOptions(
        trusts ? caFile().orElse(null) : own.caFile(), proxy(peer, own.proxy()), own.contents());
  }

  /** The certificates that the environment names. */
  private Optional<Path> caFile() {
    String named = environment.getOrDefault("SSL_CERT_FILE", "");
    Path known = checked.get();
    if (named.isBlank() || known != null) {
      return Optional.ofNullable(known);
    }
    try {
      Path file = Path.of(named);
      CaFile.read(file);
      checked.set(file);
      return Optional.of(file);
    } catch (InvalidPathException | UnusableFile e) {
      throw new IllegalArgumentException(
          "SSL_CERT_FILE: " + e.getMessage() + " (expected: a file with PEM certificates)", e);
    }
  }

  private @Nullable ProxyServer proxy(URI peer, @Nullable ProxyServer own) {
    HostName host = HostName.of(Optional.ofNullable(peer.getHost()).orElse(""));
    if (host.isLocal()) {
      return null;
    }
    if (own != null) {
      return own;
    }
    boolean tls = "https".equalsIgnoreCase(peer.getScheme());
    int port = peer.getPort() >= 0 ? peer.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
    if (NoProxy.of(environment.getOrDefault(variable("NO_PROXY"), "")).covers(host, port)) {
      return null;
    }
    for (String name : List.of(tls ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")) {
      String variable = variable(name);
      String url = environment.getOrDefault(variable, "");
      if (!url.isBlank()) {
        return parsed(url, variable);
      }
    }
    return ofTheJvm(tls ? "https" : "http", tls ? HTTPS_PORT : HTTP_PORT, host);
  }

  /** The spelling of it that is set, capitals first. */
  private String variable(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    boolean capitals = !environment.getOrDefault(name, "").isBlank();
    return capitals || environment.getOrDefault(small, "").isBlank() ? name : small;
  }

  private static ProxyServer parsed(String url, String origin) {
    return ProxyServer.parse(url, origin)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    origin + ": not the URL of a proxy (expected: " + ProxyServer.EXPECTED + ")"));
  }

  private @Nullable ProxyServer ofTheJvm(String scheme, int usualPort, HostName host) {
    String origin = scheme + ".proxyHost";
    String name = properties.getOrDefault(origin, "").strip();
    if (name.isEmpty() || isExempt(host)) {
      return null;
    }
    String port = properties.getOrDefault(scheme + ".proxyPort", "").strip();
    String address = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
    return parsed(address + ":" + (port.isEmpty() ? usualPort : port), origin);
  }

  /** {@code http.nonProxyHosts} counts for https too, as in the JDK. */
  private boolean isExempt(HostName host) {
    for (String pattern : properties.getOrDefault("http.nonProxyHosts", "").split("\\|", -1)) {
      String lower = pattern.strip().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
      String regex = ("\\Q" + lower.replace("*", "\\E.*\\Q") + "\\E");
      if (!lower.isEmpty() && host.text().matches(regex)) {
        return true;
      }
    }
    return false;
  }
}
