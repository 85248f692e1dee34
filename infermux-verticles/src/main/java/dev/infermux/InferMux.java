package dev.infermux;

import dev.infermux.config.Config;
import dev.infermux.events.CircuitListener;
import dev.infermux.events.Subscription;
import dev.infermux.inbound.InferTranslation;
import dev.infermux.inbound.http.HttpVerticle;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.answer.Answer;
import dev.infermux.inference.answer.AnswerStream;
import dev.infermux.inference.bus.BusFailure;
import dev.infermux.inference.call.Call;
import dev.infermux.inference.record.Witness;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistIds;
import dev.infermux.mist.MistSource;
import dev.infermux.mist.MistType;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.health.HealthView;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An inference router inside this program. The server is a thin shell over it.
 *
 * <p>All methods may be called from any thread and never block. Futures complete on the Vert.x
 * context of whoever called. A failed call fails with {@link InferenceException}. Two of them in
 * one JVM, even on one Vert.x, do not see each other; only the public bus address is shared.
 */
public final class InferMux implements Handler<HttpServerRequest> {

  private final Vertx vertx;
  private final Parts parts;
  private final String deployment;

  private InferMux(Vertx vertx, Parts parts, String deployment) {
    this.vertx = vertx;
    this.parts = parts;
    this.deployment = deployment;
  }

  /**
   * Starts a router without any socket; {@link #listen()} opens those of the configuration. It has
   * started when the health of every provider was checked once, whatever was found.
   */
  public static Future<InferMux> create(Vertx vertx, Config config) {
    return create(vertx, config, Embedding.none());
  }

  /** The same inside a program that brings something of its own. */
  public static Future<InferMux> create(Vertx vertx, Config config, Embedding embedding) {
    Parts parts = Parts.of(vertx, embedding.completed(config), embedding);
    AtomicInteger number = new AtomicInteger();
    int loops = EventLoops.count(vertx);
    return parts
        .money()
        .open(vertx)
        .compose(
            open ->
                vertx.deployVerticle(
                    () -> new Cell(parts.assembly(), number.getAndIncrement()),
                    new DeploymentOptions().setInstances(loops)))
        .compose(id -> checked(vertx, parts, embedding).map(new InferMux(vertx, parts, id)))
        .onSuccess(started -> parts.operations().lifecycle().started())
        .recover(
            cause ->
                parts
                    .money()
                    .close(vertx)
                    .eventually(parts::close)
                    .transform(closed -> Future.failedFuture(cause)));
  }

  private static Future<?> checked(Vertx vertx, Parts parts, Embedding embedding) {
    if (!embedding.healthChecks()) {
      return Future.succeededFuture();
    }
    Cell cell = parts.assembly().cells().all().get(0);
    return cell.onLoop(() -> parts.health().start(vertx).mapEmpty());
  }

  /** Opens the listeners of the configuration; fails when an address can not be bound. */
  public Future<Listening> listen() {
    List<Future<HttpVerticle>> sockets = new ArrayList<>();
    Future<?> previous = Future.succeededFuture();
    for (Cell cell : parts.assembly().cells().all()) {
      Future<HttpVerticle> socket = previous.compose(done -> cell.listen());
      sockets.add(socket);
      previous = socket;
    }
    return Future.all(sockets)
        .compose(open -> parts.listenManagement(vertx))
        .map(management -> new Listening(port(), management));
  }

  /** Serves a request of a server of the program's own. */
  @Override
  public void handle(HttpServerRequest request) {
    Cell cell = parts.assembly().cells().here();
    if (Vertx.currentContext() == cell.context()
        || EventLoops.same(Vertx.currentContext(), cell.context())) {
      cell.door().handle(request);
      return;
    }
    request.pause();
    cell.context()
        .runOnContext(
            now -> {
              cell.door().handle(request);
              request.resume();
            });
  }

  /** Asks for one whole answer, as a MIST request. */
  public Future<InferResponse> infer(InferRequest request) {
    return ask(request, false)
        .map(
            answer ->
                Envelope.of(MistSource.INFERMUX, MistType.INFER_RESPONSE, answer)
                    .payloadAs(InferResponse.class));
  }

  /** Asks for a streamed answer; the stream is paused and carries OpenAI's server-sent events. */
  public Future<AnswerStream> inferStream(InferRequest request) {
    return ask(request, true).map(answer -> ((Answer.Streamed) answer).stream());
  }

  /** Tells {@code witness} of every finished call, before the caller's future completes. */
  public Subscription onRequest(Witness witness) {
    return parts.operations().witnesses().add(witness);
  }

  /**
   * Tells {@code listener} of each change of a provider's circuit before any call meets the new
   * state. Listeners are told in the order in which they came; one that throws is ignored.
   */
  public Subscription onCircuitStateChange(CircuitListener listener) {
    return parts.operations().circuitListeners().add(listener);
  }

  /** The state of each provider's circuit, in declared order. */
  public Map<String, CircuitState> circuitStates() {
    return parts.circuits().states();
  }

  /**
   * Sends calls elsewhere until the circuit is closed by hand or its recovery window has passed.
   *
   * @throws IllegalArgumentException naming the providers when there is none of this name
   */
  public void openCircuit(String provider) {
    parts.circuits().of(provider).open();
  }

  /**
   * Lets calls through again, without a probe.
   *
   * @throws IllegalArgumentException naming the providers when there is none of this name
   */
  public void closeCircuit(String provider) {
    parts.circuits().of(provider).close();
  }

  /**
   * Closes the circuit and forgets its statistics.
   *
   * @throws IllegalArgumentException naming the providers when there is none of this name
   */
  public void resetCircuit(String provider) {
    parts.circuits().of(provider).reset();
  }

  /** How each provider was at its last health check, in declared order. */
  public Map<String, HealthView> health() {
    return parts.health().views();
  }

  /** Stops accepting connections and lets what is in flight end, at most for {@code grace}. */
  public Future<Void> drain(Duration grace) {
    parts.operations().lifecycle().stopping();
    List<Future<Void>> drained = new ArrayList<>();
    for (Cell cell : parts.assembly().cells().all()) {
      HttpVerticle socket = cell.socket();
      if (socket != null) {
        drained.add(socket.drain(grace));
      }
    }
    return Future.join(drained).mapEmpty();
  }

  /** Stops everything; what is in flight is cut. Call {@link #drain} first to be gentle. */
  public Future<Void> close() {
    parts.operations().lifecycle().stopping();
    return vertx
        .undeploy(deployment)
        .eventually(() -> parts.money().close(vertx))
        .eventually(parts::close);
  }

  private int port() {
    HttpVerticle socket = parts.assembly().cells().all().get(0).socket();
    return socket == null ? 0 : socket.port();
  }

  private Future<Answer> ask(InferRequest request, boolean stream) {
    Call call;
    try {
      call =
          InferTranslation.of(request.json(), Attribution.ANONYMOUS, stream)
              .call(MistIds.newId(), "library");
    } catch (InferenceException refused) {
      return Future.failedFuture(refused);
    }
    Cell cell = parts.assembly().cells().here();
    Promise<Answer> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
    cell.context()
        .runOnContext(
            now ->
                cell.router()
                    .ask(call)
                    .recover(cause -> Future.failedFuture(inferenceException(cause)))
                    .onComplete(answer));
    return answer.future();
  }

  private static InferenceException inferenceException(Throwable cause) {
    return new InferenceException(BusFailure.failureOf(cause));
  }
}
