package dev.infermux.tokentrace;

import dev.infermux.mist.transport.MistAddress;
import dev.infermux.mist.transport.MistSender;
import dev.infermux.mist.transport.MistSignature;
import dev.infermux.mist.transport.http.HttpSenderOptions;
import dev.infermux.mist.transport.http.MistSenders;
import dev.infermux.tokentrace.TelemetryOptions.Format;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.TokenTraceReporter.Service;
import dev.infermux.tokentrace.export.ExportOptions;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.http.HttpPoster;
import dev.infermux.tokentrace.mist.BatchTraces;
import dev.infermux.tokentrace.mist.EnvelopeAlerts;
import dev.infermux.tokentrace.mist.EnvelopeTraces;
import dev.infermux.tokentrace.otlp.OtlpLibrary;
import dev.infermux.tokentrace.otlp.OtlpMetrics;
import dev.infermux.tokentrace.otlp.OtlpRoute;
import dev.infermux.tokentrace.otlp.OtlpTarget;
import dev.infermux.tokentrace.otlp.OtlpTraces;
import dev.infermux.tokentrace.record.SpanSource;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.vertx.core.Vertx;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the sinks that options ask for. */
final class Sinks {
  /** Envelopes under way to TokenTrace at once, and so connections to it. */
  private static final int IN_FLIGHT = 64;

  private static final int BATCH_CONNECTIONS = 2;

  /** What OpenTelemetry's retry policy allows. */
  private static final int RETRY_POLICY_MOST = 5;

  private static final int LONGEST_BACKOFF = 30;

  private Sinks() {}

  static List<Sink<?>> of(Vertx vertx, TelemetryOptions options, Service service) {
    List<Sink<?>> sinks = new ArrayList<>();
    if (options.tokentrace() != null) {
      TokenTrace to = options.tokentrace();
      sinks.add(
          to.format() == Format.SPANS
              ? batches(vertx, to, options)
              : envelopes(vertx, to, options, service));
    }
    if (options.otlp() != null) {
      OtlpTarget target = target(options.otlp(), options);
      int batch = options.export().batchSize();
      SpanSource source = SpanSource.of(service.name(), service.version());
      sinks.add(OtlpLibrary.using(target, () -> new OtlpTraces(target, source, batch)));
    }
    return sinks;
  }

  private static Sink<?> envelopes(
      Vertx vertx, TokenTrace to, TelemetryOptions options, Service service) {
    MistSender sender = sender(vertx, to, options);
    return new EnvelopeTraces(
        sender, to.url().toString(), service.name(), IN_FLIGHT, to.attempts());
  }

  /** What sends alerts to TokenTrace, over connections of its own; null when there is none. */
  static @Nullable EnvelopeAlerts alerts(Vertx vertx, TelemetryOptions options, Service service) {
    TokenTrace to = options.tokentrace();
    return to == null
        ? null
        : new EnvelopeAlerts(vertx, sender(vertx, to, options), service.name(), options.export());
  }

  private static MistSender sender(Vertx vertx, TokenTrace to, TelemetryOptions telemetry) {
    HttpSenderOptions options =
        HttpSenderOptions.defaults()
            .withTimeout(telemetry.export().timeout())
            .withMaxInFlight(IN_FLIGHT)
            .withSecret(to.secret() == null ? "" : to.secret())
            .withClient(telemetry.routes().apply(to.url())::applyTo);
    MistAddress address =
        MistAddress.parse(to.format() == Format.MIST ? to.url().toString() : root(to));
    // The options refuse stdio://, so nothing is ever written there.
    return MistSenders.open(vertx, address, options, OutputStream.nullOutputStream());
  }

  private static Sink<?> batches(Vertx vertx, TokenTrace to, TelemetryOptions options) {
    URI url = URI.create(root(to) + "/spans");
    HttpPoster poster =
        HttpPoster.to(
            vertx,
            url,
            BATCH_CONNECTIONS,
            options.export().timeout(),
            options.routes().apply(url)::applyTo);
    return new BatchTraces(
        poster,
        url.toString(),
        to.secret() == null ? null : new MistSignature(to.secret()),
        to.attempts());
  }

  /** The server's root, where the options may name the place that takes spans. */
  private static String root(TokenTrace to) {
    return to.url().toString().replaceAll("/+$", "").replaceAll("/spans$", "");
  }

  static MetricExporter metrics(Otlp to, TelemetryOptions options) {
    OtlpTarget target = target(to, options);
    return OtlpLibrary.using(target, () -> new OtlpMetrics(target, retries(options.export())));
  }

  private static @Nullable RetryPolicy retries(ExportOptions tuned) {
    return tuned.attempts() == 1
        ? null
        : RetryPolicy.builder()
            .setMaxAttempts(Math.min(tuned.attempts(), RETRY_POLICY_MOST))
            .setInitialBackoff(tuned.backoff())
            .setBackoffMultiplier(2)
            .setMaxBackoff(tuned.backoff().multipliedBy(LONGEST_BACKOFF))
            .build();
  }

  private static OtlpTarget target(Otlp to, TelemetryOptions options) {
    boolean grpc = to.protocol() == Protocol.GRPC;
    ExportRoute route = options.routes().apply(to.endpoint());
    return new OtlpTarget(
        to.endpoint(),
        grpc,
        to.gzip(),
        to.headers(),
        options.export().timeout(),
        new OtlpRoute(route.trust(), route.proxy()));
  }
}
