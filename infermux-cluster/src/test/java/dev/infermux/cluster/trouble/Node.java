package dev.infermux.cluster.trouble;

import dev.infermux.CallOptions;
import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Secret;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mock.Mock;
import dev.infermux.nodes.ClusterOptions;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.SharedBudgetOptions;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A gateway of the tests' own that shares its budgets: each call costs a hundredth of a cent. */
final class Node implements AutoCloseable, Balancer.Serving {

  static final String CALLER = "team-a";

  /** 20 tokens of prompt and 8 of completion, at 1 USD and 10 USD a million. */
  static final long CALL_NANOS = 100_000;

  private static final ModelPrice PRICE = new ModelPrice(new BigDecimal(1), new BigDecimal(10));
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Vertx vertx;
  private final InferMux router;
  private final int port;

  private Node(Vertx vertx, InferMux router, int port) {
    this.vertx = vertx;
    this.router = router;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param monthlyUsd of {@link #CALLER}, and of everybody else
   */
  static Node start(String url, Path stateFile, String monthlyUsd) {
    return start(url, stateFile, monthlyUsd, "infermux");
  }

  static Node start(String url, Path stateFile, String monthlyUsd, String cluster) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    try {
      InferMux router =
          InferMux.create(
                  vertx,
                  config(url, stateFile, monthlyUsd)
                      .withCluster(ClusterOptions.defaults().withName(cluster)),
                  InferMuxOptions.defaults().withMocks(mock()).withHealthChecks(false))
              .await();
      return new Node(vertx, router, router.listen().await().port());
    } catch (RuntimeException e) {
      vertx.close().await();
      throw e;
    }
  }

  private static Mock mock() {
    return Mock.named("lab")
        .models("m", "slow")
        .script("m", "usage-20/8+text-\"Forty-two.\"")
        .script("slow", "pace-50ms+usage-20/8+text-\"one two three four five six seven eight\"");
  }

  private static Config config(String url, Path stateFile, String monthlyUsd) {
    return Config.defaults()
        .withHttp(HttpOptions.defaults().withListen(new ListenAddress("127.0.0.1", 0)))
        .withPricing(
            PricingOptions.defaults()
                .withOverrides(Map.of("lab", Map.of("m", PRICE, "slow", PRICE))))
        .withBudgets(
            BudgetOptions.defaults()
                .withReserveOutputTokens(100)
                .withStateFile(stateFile)
                .withShared(SharedBudgetOptions.of(Secret.of(url)))
                .withCallers(List.of(budget(CALLER, monthlyUsd), budget("*", monthlyUsd))));
  }

  private static CallerBudget budget(String caller, String monthlyUsd) {
    return new CallerBudget(caller, new BigDecimal(monthlyUsd), BudgetAction.HARD_STOP, null);
  }

  /** Makes a call; fails as it does. */
  Future<?> call(String caller) {
    return router.infer(
        InferRequest.of("m", List.of(ChatMessage.of("user", "Hi"))),
        CallOptions.defaults().withAttribution(new Attribution(caller, "", "")));
  }

  /** Makes so many, one after the other. */
  void calls(int count) {
    for (int i = 0; i < count; i++) {
      call(CALLER).await();
    }
  }

  @Override
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Ends it as SIGTERM does: what is in flight may take so long. */
  void stop(Duration grace) {
    router.drain(grace).await();
    close();
  }

  /** The status of {@code ready}. */
  int ready() {
    return get("ready").statusCode();
  }

  double metric(String name) {
    return get("metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** Ends a holder by the operator's word. */
  HttpResponse<String> settle(UUID holder) {
    return send(
        HttpRequest.newBuilder(url("/_infermux/nodes/" + holder + "/settle"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}")));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(url("/_infermux/" + path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    router.close().await();
    vertx.close().await();
  }
}
