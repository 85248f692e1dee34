package dev.infermux.config.schema;

import dev.infermux.inference.Secret;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Addresses of other services. */
public final class ServiceUrls {
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private ServiceUrls() {}

  /** What may be called: never a place from which a cloud hands out credentials. */
  public static Kind<URI> http() {
    return Kind.of(
        "URL",
        "an http or https URL without user info or fragment, not of a link-local or metadata"
            + " address",
        text -> uri(text).filter(ServiceUrls::isCallable),
        URI::toString,
        new JsonObject()
            .put("type", "string")
            .put("pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+([/?][^#]*)?$"));
  }

  /** The same, or a file that is appended to. */
  public static Kind<URI> httpOrFile() {
    return Kind.of(
        "URL",
        "a URL: http or https as for a provider, or file:/// and a path",
        text -> uri(text).filter(uri -> isCallable(uri) || isFile(uri)),
        URI::toString,
        new JsonObject()
            .put("type", "string")
            .put(
                "pattern",
                "^([Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+([/?][^#]*)?|[Ff][Ii][Ll][Ee]:///.*)$"));
  }

  /** A PostgreSQL database; it may have a password in it, so that no message shows it. */
  public static Kind<Secret> postgres() {
    return new Kind<>(
        "secret",
        "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, and for TLS ?sslmode=require, verify-ca or"
            + " verify-full",
        text -> uri(text).filter(ServiceUrls::isPostgres).map(url -> Secret.of(text)),
        secret -> "",
        new JsonObject().put("type", "string"),
        false,
        true);
  }

  private static boolean isPostgres(URI url) {
    return ("postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme()))
        && url.getRawAuthority() != null
        && url.getPath().length() > 1
        && url.getFragment() == null
        && isSslMode(String.valueOf(url.getQuery()));
  }

  private static boolean isSslMode(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(parameter -> parameter.startsWith("sslmode="))
        .allMatch(parameter -> SSL_MODES.contains(parameter.substring("sslmode=".length())));
  }

  /** What a browser opens, with a place for the id of a trace. */
  public static Kind<String> traceTemplate() {
    return Kind.of(
        "URL",
        "an http or https URL with {trace_id} in it",
        text -> Optional.of(text).filter(ServiceUrls::isTraceTemplate),
        text -> text,
        new JsonObject()
            .put("type", "string")
            .put("pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s{}]*\\{trace_id\\}[^\\s{}]*$"));
  }

  private static boolean isTraceTemplate(String text) {
    return text.matches("(?i)https?://[^\\s{}]*\\{trace_id\\}[^\\s{}]*");
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(lowerCaseScheme(text)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String lowerCaseScheme(String text) {
    int end = Math.max(0, text.indexOf(':'));
    return text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end);
  }

  private static boolean isFile(URI uri) {
    return "file".equals(uri.getScheme())
        && uri.getAuthority() == null
        && uri.getPath() != null
        && uri.getPath().startsWith("/")
        && uri.getRawFragment() == null;
  }

  private static boolean isCallable(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && uri.getPort() != 0
        && uri.getPort() <= 65535
        && !ForbiddenHosts.contain(uri.getHost());
  }
}
