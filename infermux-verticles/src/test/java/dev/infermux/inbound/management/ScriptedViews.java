package dev.infermux.inbound.management;

import dev.infermux.events.EventAddresses;
import dev.infermux.inbound.BodyTerms;
import dev.infermux.inbound.auth.ManagementAuthenticator;
import dev.infermux.inbound.auth.ManagementOptions;
import dev.infermux.inbound.management.view.CircuitAction;
import dev.infermux.inbound.management.view.GatewayStatus;
import dev.infermux.inbound.management.view.GatewayView;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.inbound.management.view.MetricsView;
import dev.infermux.inbound.management.view.NodesReport;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.inbound.management.view.ProvidersView;
import dev.infermux.inbound.management.view.Readiness;
import dev.infermux.inbound.management.view.RecentSpend;
import dev.infermux.inbound.management.view.RecentSpendView;
import dev.infermux.inbound.management.view.RouteExplanation;
import dev.infermux.inbound.management.view.RouteView;
import dev.infermux.inference.Call;
import dev.infermux.inference.Secret;
import dev.infermux.inference.Usd;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.operations.EventFeed;
import dev.infermux.operations.LastRequests;
import dev.infermux.operations.Lifecycle;
import dev.infermux.operations.TrafficHistory;
import dev.infermux.vertx.Publications;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A gateway that shows what the test puts in, behind the real API on a real socket. */
public final class ScriptedViews implements GatewayView, ProvidersView, RouteView, AutoCloseable {

  public static final long MAX_BODY_BYTES = 4_096;

  private final Map<String, ProviderStatus> providers = new LinkedHashMap<>();
  private final LastRequests requests = new LastRequests(3, BufferedBytes.unlimited());
  private final TrafficHistory traffic = new TrafficHistory(() -> Instant.EPOCH);
  private final EventFeed events;
  private final HttpServer server;
  private volatile Readiness readiness = Readiness.READY;

  /** Listens at once. */
  public ScriptedViews(Vertx vertx, @Nullable Secret token) {
    events = new EventFeed(new Publications(vertx, EventAddresses.ALL), new Lifecycle(), false);
    ManagementApi api =
        new ManagementApi(
            vertx,
            new ManagementViews(
                this,
                this,
                this,
                new ScriptedCosts(),
                new OneNode(),
                requests,
                traffic,
                ScriptedViews::spend,
                events,
                metrics(),
                new UnchangedConfig(),
                new NoKeys(),
                new NoBudgets(),
                () -> new NodesReport("", 1, List.of())),
            new ManagementAuthenticator(
                ManagementOptions.defaults().withToken(token), "127.0.0.1", true),
            new BodyTerms(() -> MAX_BODY_BYTES, BufferedBytes.unlimited()),
            VertxTimers.time(vertx));
    server = vertx.createHttpServer().requestHandler(api).listen(0, "127.0.0.1").await();
  }

  private static Future<RecentSpend> spend(RecentSpendView.Bucket bucket) {
    return Future.succeededFuture(
        new RecentSpend(Instant.EPOCH, bucket.first(Instant.EPOCH), Map.of(), List.of()));
  }

  /** Healthy, closed and not limited. */
  public static ProviderStatus calm(String name) {
    return new ProviderStatus(
        name,
        "openai",
        List.of("m-1", "m-2"),
        Map.of(),
        new ProviderStatus.Health(true, "", null),
        new ProviderStatus.Circuit("closed", 0, 0, null, null),
        new ProviderStatus.Traffic(0, null, 0, 0));
  }

  /** The same with its circuit open until {@code recovery}. */
  public static ProviderStatus open(String name, Instant recovery) {
    ProviderStatus calm = calm(name);
    return new ProviderStatus(
        name,
        calm.type(),
        calm.models(),
        calm.modelAliases(),
        calm.health(),
        new ProviderStatus.Circuit("open", 0.75, 1840, recovery.minusSeconds(30), recovery),
        new ProviderStatus.Traffic(12, 48L, 950.04, 1));
  }

  public ScriptedViews put(ProviderStatus provider) {
    providers.put(provider.name(), provider);
    return this;
  }

  /** The last three calls. */
  public LastRequests requests() {
    return requests;
  }

  public void readiness(Readiness now) {
    readiness = now;
  }

  public int port() {
    return server.actualPort();
  }

  @Override
  public GatewayStatus status() {
    return new GatewayStatus("1.2.3", 61, 1, 2, 300, 30, 3, 4, 5, "epoll", null);
  }

  @Override
  public Readiness readiness() {
    return readiness;
  }

  @Override
  public List<ProviderStatus> all() {
    return List.copyOf(providers.values());
  }

  @Override
  public Optional<ProviderStatus> named(String provider) {
    return Optional.ofNullable(providers.get(provider));
  }

  @Override
  public Optional<ProviderStatus> turn(String provider, CircuitAction action) {
    if (action == CircuitAction.OPEN) {
      providers.computeIfPresent(provider, (name, before) -> open(name, Instant.EPOCH));
    } else {
      providers.computeIfPresent(provider, (name, before) -> calm(name));
    }
    return named(provider);
  }

  /** Tells what the call was that it understood. */
  @Override
  public Future<RouteExplanation> explain(Call call) {
    Usd dollar = new Usd(1_000_000_000);
    return Future.succeededFuture(
        new RouteExplanation(
            call.model(),
            "",
            "max_tokens " + call.body().facts().maxTokens(),
            List.of(new RouteExplanation.Row("a", "m", null, "expected_cost_usd", 0.0000001)),
            call.pinnedProvider() == null ? List.of() : List.of(call.pinnedProvider()),
            3,
            call.attribution().caller().equals("anonymous")
                ? null
                : new RouteExplanation.Budget(
                    "lower", 20L, null, new Usd(1), dollar, new Usd(100), Usd.ZERO)));
  }

  @Override
  public void close() {
    server.close().await();
  }

  private static MetricsView metrics() {
    return accept ->
        Future.succeededFuture(new MetricsView.Text("text/plain", Buffer.buffer("a 1\n")));
  }
}
