package dev.infermux.tokentrace.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * An OTLP collector for tests: one port that takes traces and metrics as http/protobuf and over
 * gRPC (in clear text unless asked otherwise), compressed or not, and keeps what it was sent.
 */
public final class OtlpReceiver implements AutoCloseable {
  private static final String COLLECTOR = "/opentelemetry.proto.collector.";
  private static final List<String> TRACES =
      List.of("/v1/traces", COLLECTOR + "trace.v1.TraceService/Export");
  private static final List<String> METRICS =
      List.of("/v1/metrics", COLLECTOR + "metrics.v1.MetricsService/Export");

  private final HttpServer server;
  private final Mood mood = new Mood();
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();
  private final List<Metric> metrics = new CopyOnWriteArrayList<>();
  private final List<MultiMap> requests = new CopyOnWriteArrayList<>();
  private volatile int rejects;
  private volatile int grpcStatus;

  private final boolean tls;

  private OtlpReceiver(Vertx vertx, HttpServerOptions options) {
    this.tls = options.isSsl();
    this.server = vertx.createHttpServer(options).requestHandler(this::receive);
  }

  /** Listens on a free port of the loopback interface. Blocks: not for event loops. */
  public static OtlpReceiver start(Vertx vertx) {
    return start(vertx, 0);
  }

  /** Listens on the port given. Blocks: not for event loops. */
  public static OtlpReceiver start(Vertx vertx, int port) {
    return start(vertx, new HttpServerOptions().setPort(port));
  }

  /** Listens on the port of these options, which may ask for TLS. */
  public static OtlpReceiver start(Vertx vertx, HttpServerOptions options) {
    OtlpReceiver receiver = new OtlpReceiver(vertx, options);
    Waiting.on(receiver.server.listen(options.getPort(), "127.0.0.1"));
    return receiver;
  }

  public String endpoint() {
    return (tls ? "https://localhost:" : "http://127.0.0.1:") + server.actualPort();
  }

  public int port() {
    return server.actualPort();
  }

  /** All spans so far, in the order of arrival. */
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** The span of that name; fails when there is not exactly one. */
  public ReceivedSpan span(String name) {
    List<ReceivedSpan> named = spans.stream().filter(s -> s.name().equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError(named.size() + " spans named " + name + " among " + names());
    }
    return named.get(0);
  }

  private List<String> names() {
    return spans.stream().map(ReceivedSpan::name).toList();
  }

  /** All metrics so far, in the order of arrival. */
  public List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  /** The headers of each request so far, in any mood. */
  public List<MultiMap> requests() {
    return List.copyOf(requests);
  }

  /** Answers this HTTP status from now on and keeps nothing. */
  public void answers(int status) {
    mood.answers(status);
  }

  /** Answers this gRPC status from now on and keeps nothing; 0 = as it should. */
  public void answersGrpc(int status) {
    grpcStatus = status;
  }

  /** Says from now on that it left out this many spans of each request. */
  public void rejects(int spansOfEach) {
    rejects = spansOfEach;
  }

  /** Never answers from now on. */
  public void fallsSilent() {
    mood.silent();
  }

  /** Behaves as it should from now on. */
  public void recovers() {
    mood.well();
  }

  private void receive(HttpServerRequest request) {
    requests.add(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (mood.spoiled(request)) {
      return;
    }
    boolean grpc = "application/grpc".equals(request.getHeader("content-type"));
    String path = request.path();
    try {
      if (grpc && request.version() == HttpVersion.HTTP_2) {
        answerGrpc(request, body);
      } else if (!grpc && (path.equals(TRACES.get(0)) || path.equals(METRICS.get(0)))) {
        boolean gzip = "gzip".equals(request.getHeader("content-encoding"));
        keep(path, gzip ? unzip(body.getBytes()) : body.getBytes());
        request
            .response()
            .putHeader("content-type", "application/x-protobuf")
            .end(Buffer.buffer(response().toByteArray()));
      } else {
        request.response().setStatusCode(404).end();
      }
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      request.response().setStatusCode(400).end(e.toString());
    }
  }

  private void answerGrpc(HttpServerRequest request, Buffer frame)
      throws InvalidProtocolBufferException {
    HttpServerResponse response = request.response().putHeader("content-type", "application/grpc");
    if (grpcStatus != 0) {
      response.putHeader("grpc-status", "" + grpcStatus).putHeader("grpc-message", "so be it");
      response.end();
      return;
    }
    if (frame.getInt(1) != frame.length() - 5) {
      throw new IllegalArgumentException("frame of " + frame.length() + " says " + frame.getInt(1));
    }
    byte[] message = frame.getBytes(5, frame.length());
    keep(request.path(), frame.getByte(0) == 1 ? unzip(message) : message);
    byte[] answer = response().toByteArray();
    response.putTrailer("grpc-status", "0");
    response.end(Buffer.buffer().appendByte((byte) 0).appendInt(answer.length).appendBytes(answer));
  }

  private void keep(String path, byte[] message) throws InvalidProtocolBufferException {
    if (TRACES.contains(path)) {
      ExportTraceServiceRequest.parseFrom(message).getResourceSpansList().forEach(this::keep);
    } else if (METRICS.contains(path)) {
      ExportMetricsServiceRequest.parseFrom(message).getResourceMetricsList().stream()
          .flatMap(resource -> resource.getScopeMetricsList().stream())
          .forEach(scope -> metrics.addAll(scope.getMetricsList()));
    } else {
      throw new IllegalArgumentException("no such service: " + path);
    }
  }

  private void keep(ResourceSpans sent) {
    List<KeyValue> resource = sent.getResource().getAttributesList();
    sent.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .forEach(span -> spans.add(ReceivedSpan.of(resource, span)));
  }

  private ExportTraceServiceResponse response() {
    ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
    if (rejects > 0) {
      response.setPartialSuccess(
          ExportTracePartialSuccess.newBuilder()
              .setRejectedSpans(rejects)
              .setErrorMessage("not these"));
    }
    return response.build();
  }

  private static byte[] unzip(byte[] zipped) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Waiting.on(server.close());
  }
}
