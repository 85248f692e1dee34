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
import dev.infermux.tokentrace.http.Poster;
import dev.infermux.tokentrace.mist.BatchTraces;
import dev.infermux.tokentrace.mist.EnvelopeTraces;
import dev.infermux.tokentrace.otlp.OtlpTarget;
import dev.infermux.tokentrace.otlp.OtlpTraces;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Opens the sinks that options ask for. */
final class Sinks {
  /** Envelopes under way to TokenTrace at once, and so connections to it. */
  private static final int IN_FLIGHT = 64;

  private static final int BATCH_CONNECTIONS = 2;

  private Sinks() {}

  static List<Sink<?>> of(Vertx vertx, TelemetryOptions options, Service service) {
    List<Sink<?>> sinks = new ArrayList<>();
    if (options.tokentrace() != null) {
      TokenTrace to = options.tokentrace();
      sinks.add(
          to.format() == Format.SPANS
              ? batches(vertx, to, options.export())
              : envelopes(vertx, to, options.export(), service));
    }
    if (options.otlp() != null) {
      sinks.add(new OtlpTraces(vertx, target(options.otlp(), options.export())));
    }
    return sinks;
  }

  private static Sink<?> envelopes(
      Vertx vertx, TokenTrace to, ExportOptions tuned, Service service) {
    MistSender sender = sender(vertx, to, tuned);
    return new EnvelopeTraces(sender, to.url().toString(), service.name(), IN_FLIGHT);
  }

  static MistSender sender(Vertx vertx, TokenTrace to, ExportOptions tuned) {
    HttpSenderOptions options =
        HttpSenderOptions.DEFAULT
            .withTimeout(tuned.timeout())
            .withMaxInFlight(IN_FLIGHT)
            .withSecret(to.secret() == null ? "" : to.secret());
    MistAddress address = MistAddress.parse(to.url().toString());
    return MistSenders.open(vertx, address, options, System.out);
  }

  private static Sink<?> batches(Vertx vertx, TokenTrace to, ExportOptions tuned) {
    String root = to.url().toString().replaceAll("/+$", "");
    URI url = URI.create(root.endsWith("/spans") ? root : root + "/spans");
    Poster poster = Poster.http1(vertx, url, BATCH_CONNECTIONS, tuned.timeout());
    return new BatchTraces(
        poster, url.toString(), to.secret() == null ? null : new MistSignature(to.secret()));
  }

  static OtlpTarget target(Otlp to, ExportOptions tuned) {
    boolean grpc = to.protocol() == Protocol.GRPC;
    return new OtlpTarget(to.endpoint(), grpc, to.gzip(), to.headers(), tuned.timeout());
  }
}
