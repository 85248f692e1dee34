package dev.infermux.clients;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.config.MockScripts;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.inference.Secret;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.MockServer;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * An InferMux before one mock, which speaks the API of one provider type. Its models are {@code
 * plain}, {@code tool}, {@code tools}, {@code schema}, {@code reasoning}, {@code limited} and
 * {@code stalls}; any other answers like {@code plain}.
 */
final class Column implements AutoCloseable {

  static final String TEXT = "Good morning from the mock";

  private static final String SAYS = "text-\"" + TEXT + "\"";
  private static final List<String> MODELS =
      List.of(
          "plain", "tool", "tools", "schema", "reasoning", "limited", "stalls", "codex", "claude");

  private final Mock mock;
  private final List<MockServer> servers;
  private final InferMux inferMux;
  private final int port;

  private Column(Mock mock, List<MockServer> servers, InferMux inferMux, int port) {
    this.mock = mock;
    this.servers = servers;
    this.inferMux = inferMux;
    this.port = port;
  }

  static Column start(Vertx vertx, Behind behind) {
    Mock mock = script(Mock.named("mock"));
    MockServer server = serve(vertx, mock);
    // No failed attempt is repaired, so that each shows.
    RoutingOptions routing =
        RoutingOptions.defaults().withFailover(FailoverOptions.defaults().withEnabled(false));
    Config config = config(routing).withProvider(provider("upstream", behind, server));
    return start(vertx, mock, config, List.of(server));
  }

  /** With a provider before it that is overloaded, for coding agents from their second call on. */
  static Column failingOver(Vertx vertx, Mock overloaded, Behind first, Behind second) {
    Mock mock = script(Mock.named("mock"));
    List<MockServer> servers = List.of(serve(vertx, overload(overloaded)), serve(vertx, mock));
    CircuitOptions closed =
        CircuitOptions.defaults().withConsecutiveFailures(1000).withMinRequests(1000);
    Config config =
        config(RoutingOptions.defaults().withStrategy(RoutingStrategy.PRIORITY))
            .withCircuit(closed)
            .withProvider(provider("first", first, servers.get(0)))
            .withProvider(provider("second", second, servers.get(1)));
    return start(vertx, mock, config, servers);
  }

  private static Column start(Vertx vertx, Mock mock, Config config, List<MockServer> servers) {
    InferMuxOptions unchecked = InferMuxOptions.defaults().withHealthChecks(false);
    InferMux inferMux = InferMux.create(vertx, config, unchecked).await();
    return new Column(mock, servers, inferMux, inferMux.listen().await().port());
  }

  private static MockServer serve(Vertx vertx, Mock mock) {
    return MockServer.start(vertx, "127.0.0.1", 0, mock, new MockScripts()).await();
  }

  private static Config config(RoutingOptions routing) {
    ListenAddress anywhere = new ListenAddress("127.0.0.1", 0);
    return Config.echo()
        .withHttp(HttpOptions.defaults().withListen(anywhere))
        .withRouting(routing.withRetry(RetryOptions.defaults().withAttempts(0)));
  }

  /** After the results of a call the mock answers with text, so that a loop ends. */
  static Mock script(Mock mock) {
    return mock.script(SAYS)
        .script("tool", "tool-call")
        .script("tools", "tool-call-get_weather/get_weather")
        .script("schema", "schema")
        .script("reasoning", "reasoning-3+" + SAYS)
        .script("limited", "status-429+code-rate_limit_exceeded")
        .script("stalls", "stall-after-2+" + SAYS)
        .script("codex", calls("exec_command", "cmd"))
        .script("claude", calls("Bash", "command"));
  }

  private static Mock overload(Mock mock) {
    return mock.script("status-529")
        .script("codex", calls("exec_command", "cmd") + ", status-529")
        .script("claude", calls("Bash", "command") + ", status-529");
  }

  /** A call of an agent's shell. */
  private static String calls(String tool, String argument) {
    String arguments = "{\\\"" + argument + "\\\":\\\"cat notes.txt\\\"}";
    return "tool-call-" + tool + "+arguments-\"" + arguments + "\"+" + SAYS;
  }

  private static ProviderOptions provider(String name, Behind behind, MockServer server) {
    ProviderType type = behind.type();
    String path = type == ProviderType.OPENAI || type == ProviderType.ANTHROPIC ? "/v1" : "";
    return ProviderOptions.of(name, type)
        .withApiKey(Secret.of("sk-" + name))
        .withBaseUrl(URI.create("http://127.0.0.1:" + server.port() + path))
        .withResponses(behind.responses())
        .withModels(models());
  }

  private static List<String> models() {
    return Stream.concat(MODELS.stream(), Clients.DEFAULT_MODELS.stream()).toList();
  }

  /** Without a path. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What the mock was asked for this model. */
  List<MockRequest> asked(String model) {
    return mock.requests().stream().filter(request -> request.model().equals(model)).toList();
  }

  long count() {
    return mock.count();
  }

  void forget() {
    mock.forget();
  }

  @Override
  public void close() {
    inferMux.close().await();
    servers.forEach(server -> server.close().await());
  }
}
