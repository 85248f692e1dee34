package dev.infermux.tokentrace.testing;

import dev.infermux.mist.transport.MistSignature;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * TokenTrace for tests, with its rules enforced: {@code POST /mist} takes one {@code trace.span}
 * envelope and answers 202, {@code POST /spans} takes up to 1000 spans and answers 202 with their
 * number, and anything else is 400. {@code GET /stats} adds up what came.
 */
public final class TokenTraceStandIn implements AutoCloseable {
  private final HttpServer server;
  private final Mood mood = new Mood();
  private final List<JsonObject> envelopes = new CopyOnWriteArrayList<>();
  private final List<JsonObject> alerts = new CopyOnWriteArrayList<>();
  private final List<JsonObject> batched = new CopyOnWriteArrayList<>();
  private final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable MistSignature signature;
  private volatile boolean takesAlerts;

  private TokenTraceStandIn(Vertx vertx) {
    this.server =
        vertx
            .createHttpServer()
            .connectionHandler(connection -> connections.incrementAndGet())
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)));
  }

  /** Listens on a free port of the loopback interface. Blocks: not for event loops. */
  public static TokenTraceStandIn start(Vertx vertx) {
    return start(vertx, 0);
  }

  /** Listens on the port given. Blocks: not for event loops. */
  public static TokenTraceStandIn start(Vertx vertx, int port) {
    TokenTraceStandIn standIn = new TokenTraceStandIn(vertx);
    Waiting.on(standIn.server.listen(port, "127.0.0.1"));
    return standIn;
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Refuses bodies that this secret has not signed, with 401. */
  public void requiresSecret(String secret) {
    signature = new MistSignature(secret);
  }

  /** Takes {@code trace.alert} envelopes as well, which TokenTrace does not yet. */
  public void takesAlerts() {
    takesAlerts = true;
  }

  /** The alerts taken so far, as envelopes. */
  public List<JsonObject> alerts() {
    return List.copyOf(alerts);
  }

  /** Answers this HTTP status from now on and keeps nothing. */
  public void answers(int status) {
    mood.answers(status);
  }

  /** Never answers from now on. */
  public void fallsSilent() {
    mood.silent();
  }

  /** Behaves as it should from now on. */
  public void recovers() {
    mood.well();
  }

  /** The envelopes taken so far. */
  public List<JsonObject> envelopes() {
    return List.copyOf(envelopes);
  }

  /** The spans taken so far as envelopes. */
  public List<JsonObject> spans() {
    return envelopes.stream().map(envelope -> envelope.getJsonObject("payload")).toList();
  }

  /** The spans taken so far over {@code /spans}. */
  public List<JsonObject> batched() {
    return List.copyOf(batched);
  }

  /** How many spans each {@code /spans} request had. */
  public List<Integer> batchSizes() {
    return List.copyOf(batchSizes);
  }

  /** Why requests were refused, one text each. */
  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Connections that were ever opened. */
  public int connections() {
    return connections.get();
  }

  /** What {@code GET /stats} answers, of the spans taken as envelopes. */
  public JsonObject stats() {
    return SpanStatistics.of(spans());
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (mood.spoiled(request)) {
      return;
    }
    MistSignature wanted = signature;
    if (wanted != null
        && !wanted.verify(body.getBytes(), request.getHeader(MistSignature.HEADER))) {
      refuse(request, 401, "signature");
      return;
    }
    try {
      switch (request.method() + " " + request.path()) {
        case "POST /mist" -> take(request, body);
        case "POST /spans" -> takeBatch(request, body);
        case "GET /stats" -> request.response().end(stats().encode());
        default -> refuse(request, 404, "no such path: " + request.path());
      }
    } catch (RuntimeException e) {
      refuse(request, 400, String.valueOf(e.getMessage()));
    }
  }

  private void take(HttpServerRequest request, Buffer body) {
    if (takesAlerts && TokenTraceRules.isAlert(body.getBytes())) {
      alerts.add(TokenTraceRules.alert(body.getBytes()));
    } else {
      envelopes.add(TokenTraceRules.envelope(body.getBytes()));
    }
    request.response().setStatusCode(202).end();
  }

  private void takeBatch(HttpServerRequest request, Buffer body) {
    boolean array = body.length() > 0 && body.getByte(0) == '[';
    JsonArray spans = array ? new JsonArray(body) : JsonArray.of(new JsonObject(body));
    TokenTraceRules.batch(spans);
    spans.forEach(span -> batched.add((JsonObject) span));
    batchSizes.add(spans.size());
    request.response().setStatusCode(202).end(JsonObject.of("accepted", spans.size()).encode());
  }

  private void refuse(HttpServerRequest request, int status, String why) {
    refusals.add(why);
    request.response().setStatusCode(status).end(why);
  }

  @Override
  public void close() {
    Waiting.on(server.close());
  }
}
