package dev.infermux.testing;

import dev.infermux.mock.Mock;
import dev.infermux.mock.MockRoutes;
import dev.infermux.mock.http.WireRequest;
import dev.infermux.mock.http.WireServer;
import dev.infermux.mock.http.WireStep;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A model API on a real socket of 127.0.0.1 that plays what a test says and remembers what it saw:
 * the product's mock, and answers that no product mock would give, byte by byte.
 *
 * <p>Answers that were queued with {@link #next} are used up first, one a request; after them every
 * request gets {@link #always}, or what a mock that it {@link #plays} says.
 */
public final class MockUpstream implements AutoCloseable {

  private final WireServer server;
  private final ConcurrentLinkedDeque<MockAnswer> queued = new ConcurrentLinkedDeque<>();
  private final List<MockRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Function<MockRequest, Iterator<WireStep>> otherwise =
      request -> MockAnswer.json(404, "{\"error\":{\"message\":\"no script\"}}").steps();
  private volatile boolean recording = true;

  private MockUpstream(Vertx vertx, NetServerOptions options) {
    this.server = WireServer.start(vertx, options.setHost("127.0.0.1"), this::script).await();
  }

  /** Starts one on a free port; must not be called on an event loop. */
  public static MockUpstream start(Vertx vertx) {
    return start(vertx, new NetServerOptions());
  }

  /** The same with other options, such as TLS. */
  public static MockUpstream start(Vertx vertx, NetServerOptions options) {
    return new MockUpstream(vertx, options);
  }

  /** Queues answers for the next requests. */
  public MockUpstream next(MockAnswer... answers) {
    queued.addAll(List.of(answers));
    return this;
  }

  /** What every request gets when nothing is queued. */
  public MockUpstream always(MockAnswer answer) {
    return always(request -> answer);
  }

  public MockUpstream always(Function<MockRequest, MockAnswer> script) {
    otherwise = request -> script.apply(request).steps();
    return this;
  }

  /** Behaves as this plan says, such as {@code ok x3, status-503+retry-after-1s}. */
  public MockUpstream plays(String plan) {
    return plays(Mock.named("upstream").script(plan));
  }

  /** Behaves as this mock says. */
  public MockUpstream plays(Mock mock) {
    MockRoutes routes = new MockRoutes(mock);
    otherwise = request -> routes.answer(request.wire());
    return this;
  }

  /** Keeps no requests any more, for long runs. */
  public MockUpstream forgetful() {
    recording = false;
    return this;
  }

  public int port() {
    return server.port();
  }

  /** {@code http://127.0.0.1:<port>/v1}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port() + "/v1");
  }

  /** Every request so far, in order of arrival. */
  public List<MockRequest> requests() {
    return List.copyOf(requests);
  }

  public MockRequest lastRequest() {
    return requests.get(requests.size() - 1);
  }

  public int openConnections() {
    return server.openConnections();
  }

  public int acceptedConnections() {
    return server.acceptedConnections();
  }

  @Override
  public void close() {
    server.close().await();
  }

  private Iterator<WireStep> script(WireRequest wire) {
    MockRequest request = new MockRequest(wire);
    if (recording) {
      requests.add(request);
    }
    MockAnswer next = queued.poll();
    return next != null ? next.steps() : otherwise.apply(request);
  }
}
