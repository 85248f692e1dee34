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
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
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
      List.of("plain", "tool", "tools", "schema", "reasoning", "limited", "stalls");

  private final Mock mock;
  private final MockServer server;
  private final InferMux inferMux;
  private final int port;

  private Column(Mock mock, MockServer server, InferMux inferMux, int port) {
    this.mock = mock;
    this.server = server;
    this.inferMux = inferMux;
    this.port = port;
  }

  static Column start(Vertx vertx, Behind behind) {
    Mock mock = script(Mock.named("mock"));
    MockServer server = MockServer.start(vertx, "127.0.0.1", 0, mock, new MockScripts()).await();
    Config config =
        Config.echo()
            .withHttp(HttpOptions.defaults().withListen(new ListenAddress("127.0.0.1", 0)))
            .withRouting(unrepaired())
            .withProvider(provider(behind, server.port()));
    InferMuxOptions unchecked = InferMuxOptions.defaults().withHealthChecks(false);
    InferMux inferMux = InferMux.create(vertx, config, unchecked).await();
    return new Column(mock, server, inferMux, inferMux.listen().await().port());
  }

  /**
   * Whatever a model is called, its second request in a tool loop gets a text: the mock sees to it.
   */
  static Mock script(Mock mock) {
    return mock.script(SAYS)
        .script("tool", "tool-call")
        .script("tools", "tool-call-get_weather/get_weather")
        .script("schema", "schema")
        .script("reasoning", "reasoning-3+" + SAYS)
        .script("limited", "status-429+code-rate_limit_exceeded")
        .script("stalls", "stall-after-2+" + SAYS);
  }

  private static ProviderOptions provider(Behind behind, int port) {
    ProviderType type = behind.type();
    String path = type == ProviderType.OPENAI || type == ProviderType.ANTHROPIC ? "/v1" : "";
    return ProviderOptions.of("upstream", type)
        .withApiKey(Secret.of("sk-provider"))
        .withBaseUrl(URI.create("http://127.0.0.1:" + port + path))
        .withResponses(behind.responses())
        .withModels(models());
  }

  private static List<String> models() {
    return Stream.concat(MODELS.stream(), Clients.DEFAULT_MODELS.stream()).toList();
  }

  /** No failed attempt is repaired, so that each shows. */
  private static RoutingOptions unrepaired() {
    return RoutingOptions.defaults()
        .withRetry(RetryOptions.defaults().withAttempts(0))
        .withFailover(FailoverOptions.defaults().withEnabled(false));
  }

  /** Without a path. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What the mock was asked for this model. */
  List<MockRequest> asked(String model) {
    return mock.requests().stream().filter(request -> request.model().equals(model)).toList();
  }

  void forget() {
    mock.forget();
  }

  @Override
  public void close() {
    inferMux.close().await();
    server.close().await();
  }
}
