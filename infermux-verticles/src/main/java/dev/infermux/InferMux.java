package dev.infermux;

import dev.infermux.api.ChatRequest;
import dev.infermux.api.ChatResponse;
import dev.infermux.api.ChatStream;
import dev.infermux.api.EmbeddingRequest;
import dev.infermux.api.EmbeddingResponse;
import dev.infermux.assembly.AppliedConfig;
import dev.infermux.assembly.PriceNotices;
import dev.infermux.assembly.RouterRuntime;
import dev.infermux.config.Config;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ProviderEntry;
import dev.infermux.config.ReloadTrigger;
import dev.infermux.dialect.mist.InferResponses;
import dev.infermux.events.CircuitListener;
import dev.infermux.inbound.management.view.ReloadOutcome;
import dev.infermux.inference.Answer;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.policy.health.HealthView;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.spi.CallListener;
import dev.infermux.spi.ChatProvider;
import dev.infermux.spi.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * An inference router inside this program. The server is a thin shell over it.
 *
 * <p>All methods may be called from any thread and never block. Futures complete on the Vert.x
 * context of the caller. A failed call fails with {@link InferenceException}. Two of them in one
 * JVM, even on one Vert.x, do not see each other; they share the public bus address alone.
 */
public final class InferMux implements Handler<HttpServerRequest> {

  private final RouterRuntime runtime;
  private final ProgramCalls calls;

  private InferMux(RouterRuntime runtime) {
    this.runtime = runtime;
    this.calls = new ProgramCalls(runtime);
  }

  /** What is to be known of a configuration's prices: listed models without one, an old list. */
  public static List<String> priceNotices(Config config, LocalDate today) {
    return PriceNotices.of(config, today);
  }

  /**
   * Starts a router without any socket; {@link #listen()} opens those of the configuration. It has
   * started once the health of every provider has been checked, with any result. A configuration
   * that breaks the rules of the file fails with a {@code ConfigException} that has all problems.
   */
  public static Future<InferMux> create(Vertx vertx, Config config) {
    return create(vertx, config, InferMuxOptions.defaults());
  }

  /** The same with what the program supplies. */
  public static Future<InferMux> create(Vertx vertx, Config config, InferMuxOptions options) {
    try {
      Config completed = options.completed(config);
      ConfigReader.check(completed);
      checkCluster(vertx, completed);
      return RouterRuntime.start(vertx, completed, options.hostServices()).map(InferMux::new);
    } catch (IllegalArgumentException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** A cluster is joined by whoever makes the Vert.x, never by an InferMux on it. */
  private static void checkCluster(Vertx vertx, Config config) {
    if (config.cluster().enabled() && !vertx.isClustered()) {
      throw new IllegalArgumentException(
          "cluster.enabled: true on a Vert.x that is not clustered (expected: one of"
              + " Vertx.builder().withClusterManager(…).buildClustered())");
    }
  }

  /**
   * Brings another configuration into force, as far as that is possible without a restart. Calls
   * under way end on the one they began with.
   */
  Future<AppliedConfig> apply(Config config) {
    return runtime.apply(config);
  }

  /**
   * Reads the configuration of {@link InferMuxOptions#withReloadSource} again. It is validated
   * whole: one that cannot be used leaves the former in force, and the outcome says why. Never
   * fails.
   */
  public Future<ReloadOutcome> reload(ReloadTrigger trigger) {
    return runtime.reload(trigger);
  }

  /** Opens the listeners of the configuration; fails when an address cannot be bound. */
  public Future<BoundPorts> listen() {
    return runtime.listen().map(listening -> BoundPorts.of(runtime));
  }

  /** The same without the HTTP API: gRPC, and management where it has an address of its own. */
  public Future<BoundPorts> listenWithoutHttp() {
    return runtime.listenWithoutHttp().map(listening -> BoundPorts.of(runtime));
  }

  /** Serves a request that a server of the program has received. */
  @Override
  public void handle(HttpServerRequest request) {
    runtime.http().handle(request);
  }

  /**
   * The same as a router, to be mounted below any path of the program's own: {@code
   * router.route("/ai/*").subRouter(inferMux.router())}. A body that a handler before it has read
   * is taken from there.
   */
  public Router router() {
    return runtime.http().router();
  }

  /**
   * Envelopes alone, at any path of the program's own: {@code
   * router.post("/envelopes").handler(inferMux.mist())}. Behind a {@code BodyHandler} or not.
   */
  public Handler<RoutingContext> mist() {
    return runtime.http().single("/mist");
  }

  /** MIST inference requests alone, as {@link #mist()} for envelopes. */
  public Handler<RoutingContext> infer() {
    return runtime.http().single("/infer");
  }

  /** The list of providers alone, as {@link #mist()} for envelopes. */
  public Handler<RoutingContext> providers() {
    return runtime.http().single("/providers");
  }

  /** Asks for a whole answer. */
  public Future<ChatResponse> chat(ChatRequest request) {
    return chat(request, CallOptions.defaults());
  }

  public Future<ChatResponse> chat(ChatRequest request, CallOptions options) {
    return calls.chat(request, options);
  }

  /** Asks for a streamed answer; completes when it begins, with a stream that is paused. */
  public Future<ChatStream> chatStream(ChatRequest request) {
    return chatStream(request, CallOptions.defaults());
  }

  public Future<ChatStream> chatStream(ChatRequest request, CallOptions options) {
    return calls.chatStream(request, options);
  }

  /** Asks for the embeddings of texts. */
  public Future<EmbeddingResponse> embed(EmbeddingRequest request) {
    return embed(request, CallOptions.defaults());
  }

  public Future<EmbeddingResponse> embed(EmbeddingRequest request, CallOptions options) {
    return calls.embed(request, options);
  }

  /** Sends a MIST request and returns the whole answer. */
  public Future<InferResponse> infer(InferRequest request) {
    return infer(request, CallOptions.defaults());
  }

  /** The same, where what the options say goes before what the request says. */
  public Future<InferResponse> infer(InferRequest request, CallOptions options) {
    return calls.infer(request, options, false, InferResponses::of);
  }

  /** Sends a MIST request; the stream is paused and carries OpenAI's server-sent events. */
  public Future<AnswerStream> inferStream(InferRequest request) {
    return inferStream(request, CallOptions.defaults());
  }

  public Future<AnswerStream> inferStream(InferRequest request, CallOptions options) {
    return calls.infer(request, options, true, Answer::events);
  }

  /** The same calls for threads that may wait. */
  public BlockingInferMux blocking() {
    return new BlockingInferMux(this, runtime.cells());
  }

  /**
   * Takes a further provider in. Completes when calls may choose it; fails with {@link
   * IllegalArgumentException} when there is one of its name.
   */
  public Future<Void> addProvider(ProviderOptions provider) {
    return runtime.add(provider).mapEmpty();
  }

  /** The same with policies of its own. */
  public Future<Void> addProvider(ProviderEntry provider) {
    return runtime.add(provider).mapEmpty();
  }

  /** The same with a provider of the program's own. */
  public Future<Void> addProvider(ChatProvider provider) {
    return runtime.add(provider).mapEmpty();
  }

  /**
   * Takes a provider out: no call chooses it any more. Completes when what is in flight there has
   * ended; fails with {@link IllegalArgumentException} when there is none of this name.
   */
  public Future<Void> removeProvider(String name) {
    return runtime.remove(name).compose(AppliedConfig::drained);
  }

  /** Calls {@code listener} with every finished call, before the caller's future completes. */
  public Subscription onRequest(CallListener listener) {
    return runtime.operations().callListeners().add(listener);
  }

  /**
   * Calls {@code listener} with each change of a provider's circuit before any call meets the new
   * state. Listeners are called in the order of their subscription; one that throws is ignored.
   */
  public Subscription onCircuitStateChange(CircuitListener listener) {
    return runtime.operations().circuitListeners().add(listener);
  }

  /** The state of each provider's circuit, in declared order. */
  public Map<String, CircuitState> circuitStates() {
    return runtime.circuits().states();
  }

  /**
   * Sends calls elsewhere until the circuit is closed by hand or its recovery window has passed.
   *
   * @throws IllegalArgumentException naming the providers when there is none of this name
   */
  public void openCircuit(String provider) {
    runtime.circuits().of(provider).circuits().open();
  }

  /**
   * Lets calls through again, without a probe.
   *
   * @throws IllegalArgumentException naming the providers when there is none of this name
   */
  public void closeCircuit(String provider) {
    runtime.circuits().of(provider).circuits().close();
  }

  /**
   * Closes the circuit and forgets its statistics.
   *
   * @throws IllegalArgumentException naming the providers when there is none of this name
   */
  public void resetCircuit(String provider) {
    runtime.circuits().of(provider).reset();
  }

  /** The result of each provider's last health check, in declared order. */
  public Map<String, HealthView> health() {
    return runtime.health();
  }

  /** Stops accepting connections and lets what is in flight end, at most for {@code grace}. */
  public Future<Void> drain(Duration grace) {
    return runtime.drain(grace);
  }

  /** Stops everything; what is in flight is cut. Call {@link #drain} first to be gentle. */
  public Future<Void> close() {
    return runtime.close();
  }
}
