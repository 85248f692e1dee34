package dev.infermux.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A model API on a real socket of 127.0.0.1 that plays scripts and remembers what it saw.
 *
 * <p>Answers that were queued with {@link #next} are used up first, one a request; after them every
 * request gets {@link #always}. It owns its bytes down to the TCP write, so that it can misbehave
 * where an HTTP server would not.
 */
public final class MockUpstream implements AutoCloseable {

  private final Vertx vertx;
  private final NetServer server;
  private final ConcurrentLinkedDeque<MockAnswer> queued = new ConcurrentLinkedDeque<>();
  private final List<MockRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private volatile Function<MockRequest, MockAnswer> otherwise =
      request -> MockAnswer.json(404, "{\"error\":{\"message\":\"no script\"}}");
  private volatile boolean recording = true;

  private MockUpstream(Vertx vertx, NetServerOptions options) {
    this.vertx = vertx;
    this.server = vertx.createNetServer(options).connectHandler(this::accept);
  }

  /** Starts one on a free port; must not be called on an event loop. */
  public static MockUpstream start(Vertx vertx) {
    return start(vertx, new NetServerOptions());
  }

  /** The same with other options, such as TLS. */
  public static MockUpstream start(Vertx vertx, NetServerOptions options) {
    MockUpstream upstream = new MockUpstream(vertx, options.setTcpNoDelay(true));
    upstream.server.listen(0, "127.0.0.1").await();
    return upstream;
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
    otherwise = script;
    return this;
  }

  /** Keeps no requests any more, for long runs. */
  public MockUpstream forgetful() {
    recording = false;
    return this;
  }

  public int port() {
    return server.actualPort();
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
    return open.get();
  }

  public int acceptedConnections() {
    return accepted.get();
  }

  @Override
  public void close() {
    server.close().await();
  }

  private void accept(NetSocket socket) {
    open.incrementAndGet();
    new MockConnection(vertx, socket, accepted.incrementAndGet(), this::script)
        .open(open::decrementAndGet);
  }

  private MockAnswer script(MockRequest request) {
    if (recording) {
      requests.add(request);
    }
    MockAnswer next = queued.poll();
    return next != null ? next : otherwise.apply(request);
  }
}
