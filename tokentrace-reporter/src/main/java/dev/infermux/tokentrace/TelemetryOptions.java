package dev.infermux.tokentrace;

import dev.infermux.tokentrace.export.ExportOptions;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go. Nothing configured is telemetry off.
 *
 * @param captureContent whether the caller may put message content into its spans' attributes
 * @param routes the way to each collector
 * @param traceUrl where people look at a trace, with {@code {trace_id}} in it; null = nowhere
 */
public record TelemetryOptions(
    @Nullable TokenTrace tokentrace,
    @Nullable Otlp otlp,
    boolean captureContent,
    ExportOptions export,
    Function<URI, ExportRoute> routes,
    @Nullable String traceUrl) {

  private static final TelemetryOptions DEFAULTS =
      new TelemetryOptions(
          null, null, false, ExportOptions.defaults(), collector -> ExportRoute.DIRECT, null);

  /** Nothing: telemetry is off. */
  public static TelemetryOptions defaults() {
    return DEFAULTS;
  }

  public boolean enabled() {
    return tokentrace != null || otlp != null;
  }

  public TelemetryOptions withTokentrace(@Nullable TokenTrace to) {
    return new TelemetryOptions(to, otlp, captureContent, export, routes, traceUrl);
  }

  public TelemetryOptions withOtlp(@Nullable Otlp to) {
    return new TelemetryOptions(tokentrace, to, captureContent, export, routes, traceUrl);
  }

  public TelemetryOptions withCaptureContent(boolean capture) {
    return new TelemetryOptions(tokentrace, otlp, capture, export, routes, traceUrl);
  }

  public TelemetryOptions withExport(ExportOptions tuned) {
    return new TelemetryOptions(tokentrace, otlp, captureContent, tuned, routes, traceUrl);
  }

  /** Each collector is reached as this says. */
  public TelemetryOptions withRoutes(Function<URI, ExportRoute> ways) {
    return new TelemetryOptions(tokentrace, otlp, captureContent, export, ways, traceUrl);
  }

  /** People look at traces there. */
  public TelemetryOptions withTraceUrl(@Nullable String template) {
    return new TelemetryOptions(tokentrace, otlp, captureContent, export, routes, template);
  }

  /**
   * A TokenTrace server.
   *
   * @param url its root; {@code /mist} or {@code /spans} is appended. In the {@link Format#MIST}
   *     format also {@code file:///…}, one envelope a line
   * @param secret signs each envelope's body (HMAC-SHA-256); null = unsigned
   * @param attempts whether CLIENT spans are sent too: TokenTrace counts every span it gets, so
   *     they change its error rate and latency
   */
  public record TokenTrace(URI url, Format format, @Nullable String secret, boolean attempts) {

    /** Without attempts. */
    public TokenTrace(URI url, Format format, @Nullable String secret) {
      this(url, format, secret, false);
    }

    public TokenTrace withAttempts(boolean sent) {
      return new TokenTrace(url, format, secret, sent);
    }

    /** The {@code /mist} format, unsigned. */
    public static TokenTrace at(String url) {
      URI root = CollectorUrls.parse("telemetry.tokentrace.url", url, CollectorUrls.MIST);
      return new TokenTrace(root, Format.MIST, null);
    }

    public TokenTrace {
      if (format == Format.MIST) {
        CollectorUrls.checkMist("telemetry.tokentrace.url", url);
      } else {
        CollectorUrls.checkHttp("telemetry.tokentrace.url", url);
      }
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "TokenTrace[" + url + ", " + format + (secret == null ? "]" : ", signed]");
    }
  }

  /** What a TokenTrace server is sent. */
  public enum Format {
    /** One {@code trace.span} envelope a request, to {@code /mist}. */
    MIST,
    /** Arrays of spans, to {@code /spans}. */
    SPANS
  }

  /**
   * An OTLP collector.
   *
   * @param endpoint its root, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} has it; {@code /v1/traces} is
   *     appended over HTTP unless it stands there
   * @param headers sent with every export, credentials for instance
   * @param gzip whether exports are compressed
   */
  public record Otlp(URI endpoint, Protocol protocol, Map<String, String> headers, boolean gzip) {

    /** Whether a request could carry a header of this name. */
    public static boolean isHeaderName(String name) {
      return Headers.isName(name);
    }

    /** Without headers or compression. */
    public static Otlp at(String endpoint, Protocol protocol) {
      URI root = CollectorUrls.parse("telemetry.otlp.endpoint", endpoint, CollectorUrls.HTTP);
      return new Otlp(root, protocol, Map.of());
    }

    /** Without compression. */
    public Otlp(URI endpoint, Protocol protocol, Map<String, String> headers) {
      this(endpoint, protocol, headers, false);
    }

    public Otlp {
      CollectorUrls.checkHttp("telemetry.otlp.endpoint", endpoint);
      headers.forEach(Headers::check);
      headers = Map.copyOf(headers);
    }

    /** Without the headers' values, which may be credentials. */
    @Override
    public String toString() {
      return "Otlp[" + endpoint + ", " + protocol + ", " + headers.keySet() + "]";
    }
  }

  /** How OTLP is spoken. */
  public enum Protocol {
    /** {@code http/protobuf}, by custom on port 4318. */
    HTTP_PROTOBUF,
    /** {@code grpc}, by custom on port 4317. */
    GRPC
  }
}
