package dev.infermux.network;

import dev.infermux.inference.Secret;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that connections go through.
 *
 * @param socks whether it speaks SOCKS5 instead of HTTP
 * @param user null = it asks for none
 * @param password null = none
 * @param origin the key, variable or property that names it, for messages
 */
public record ProxyServer(
    boolean socks,
    String host,
    int port,
    @Nullable String user,
    @Nullable Secret password,
    String origin) {

  /** What {@link #parse} takes. */
  public static final String EXPECTED =
      "http://host:port or socks5://host:port, with user:password@ before the host where needed";

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z0-9]+)://)?(?:(?<user>.*)@)?"
              + "(?<host>\\[[0-9A-Fa-f:.]+]|[^\\[\\]/?#@:\\s]+)(?::(?<port>\\d{1,5}))?/?");
  private static final int HTTP_PORT = 80;
  private static final int SOCKS_PORT = 1080;
  private static final int LAST_PORT = 65_535;

  /** Reads a proxy's URL as curl has it; without a scheme it is one of HTTP. Empty = it is none. */
  public static Optional<ProxyServer> parse(String url, String origin) {
    Matcher form = FORM.matcher(url.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String scheme = form.group("scheme") == null ? "http" : form.group("scheme");
    boolean socks = scheme.toLowerCase(Locale.ROOT).matches("socks5h?");
    if (!socks && !scheme.equalsIgnoreCase("http")) {
      return Optional.empty();
    }
    int usual = socks ? SOCKS_PORT : HTTP_PORT;
    int port = form.group("port") == null ? usual : Integer.parseInt(form.group("port"));
    if (port < 1 || port > LAST_PORT) {
      return Optional.empty();
    }
    return credentials(new ProxyServer(socks, form.group("host"), port, null, null, origin), form);
  }

  private static Optional<ProxyServer> credentials(ProxyServer bare, Matcher form) {
    String given = form.group("user");
    if (given == null) {
      return Optional.of(bare);
    }
    int colon = given.indexOf(':');
    try {
      String user = decoded(colon < 0 ? given : given.substring(0, colon));
      String password = colon < 0 ? "" : decoded(given.substring(colon + 1));
      return Optional.of(
          new ProxyServer(
              bare.socks, bare.host, bare.port, user, Secret.of(password), bare.origin));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** As {@link #parse} reads it, credentials included. */
  public String url() {
    String name = user == null ? "" : encoded(user);
    String secret = password == null || password.reveal().isEmpty() ? "" : password.reveal();
    String credentials = user == null ? "" : name + ":" + encoded(secret) + "@";
    return (socks ? "socks5://" : "http://") + credentials + host + ":" + port;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** For a client of Vert.x. */
  public ProxyOptions options() {
    ProxyOptions options =
        new ProxyOptions()
            .setType(socks ? ProxyType.SOCKS5 : ProxyType.HTTP)
            .setHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
            .setPort(port);
    if (user != null) {
      options.setUsername(user).setPassword(password == null ? "" : password.reveal());
    }
    return options;
  }

  /** Its address and who named it, without credentials. */
  @Override
  public String toString() {
    return host + ":" + port + " (" + origin + ")";
  }
}
