package dev.infermux.config.schema;

import dev.infermux.inference.Secret;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses of other services. */
public final class ServiceUrls {
  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** What may stand beside {@code sslmode}; the driver leaves out all else without a word. */
  private static final List<String> POSTGRES_PARAMETERS =
      List.of(
          "sslrootcert",
          "application_name",
          "options",
          "search_path",
          "host",
          "port",
          "user",
          "password",
          "dbname");

  /** What a {@link #postgres} address is to be. */
  public static final String POSTGRES_EXPECTED =
      "postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with %XX for all but letters, digits and"
          + " -._~!* in its parts, for TLS ?sslmode=require, verify-ca or verify-full, and besides no"
          + " parameters but "
          + String.join(", ", POSTGRES_PARAMETERS);

  /** As the driver reads it. */
  private static final Pattern POSTGRES =
      Pattern.compile(
          "postgres(ql)?://([\\w.~%!*-]+(:[\\w.~%!*-]+)?@)?(\\[[0-9A-Fa-f:]+]|[\\w.~%-]+)(:\\d+)?"
              + "/[\\w.~%!*-]+(\\?.*)?");

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
        POSTGRES_EXPECTED,
        text -> Optional.of(lowerCaseScheme(text)).filter(ServiceUrls::isPostgres).map(Secret::of),
        secret -> "",
        new JsonObject().put("type", "string"),
        false,
        true);
  }

  /** Whether {@link #postgres} takes it. */
  public static boolean isPostgres(String url) {
    return POSTGRES.matcher(url).matches()
        && uri(url).filter(uri -> uri.getFragment() == null).isPresent()
        && (url.indexOf('?') < 0
            || Arrays.stream(url.substring(url.indexOf('?') + 1).split("&", -1))
                .allMatch(ServiceUrls::isPostgresParameter));
  }

  private static boolean isPostgresParameter(String parameter) {
    int end = parameter.indexOf('=');
    String name = parameter.substring(0, Math.max(0, end));
    return name.equals("sslmode")
        ? SSL_MODES.contains(parameter.substring(end + 1))
        : POSTGRES_PARAMETERS.contains(name);
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
