package dev.infermux.inbound.grpc;

import dev.infermux.inbound.CellAccess;
import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.Listener;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.time.Time;
import io.grpc.Server;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC listener: one server whose connections are spread over all event loops. A call is served
 * by the cell of the event loop that has read it.
 */
public final class GrpcVerticle extends VerticleBase implements Listener {

  public static final String NAME = "grpc";

  /** How long open health watches may see that the server is draining. */
  private static final Duration FAREWELL = Duration.ofMillis(500);

  private static final Duration CUT = Duration.ofSeconds(1);

  private final GrpcSettings options;
  private final Time time;
  private final BufferedBytes buffered;
  private final InFlight inFlight = new InFlight();
  private final InferService service;
  private final HealthService health = new HealthService();
  private volatile @Nullable Server server;
  private volatile @Nullable CertifiedContext certified;

  /**
   * The listener.
   *
   * @param cells the cell for a call that comes in on the current thread
   * @param providers the providers of the moment, in declared order
   * @param buffered the account of what is held for callers
   */
  public GrpcVerticle(
      GrpcSettings options,
      Supplier<? extends CellAccess> cells,
      Supplier<List<ListedProvider>> providers,
      Time time,
      BufferedBytes buffered) {
    this.options = options;
    this.time = time;
    this.service = new InferService(options, cells, providers, time, inFlight);
    this.buffered = buffered;
  }

  @Override
  public Future<?> start() {
    RpcLog log = new RpcLog(time.ticker(), buffered);
    return vertx.executeBlocking(() -> begin(log)).onSuccess(started -> server = started);
  }

  private Server begin(RpcLog log) throws IOException {
    GrpcSettings.Pem pem = options.tls();
    CertifiedContext tls = pem == null ? null : new CertifiedContext(pem.certFile(), pem.keyFile());
    certified = tls;
    return GrpcServers.start(
        vertx, options, tls, List.of(service.definition(), health.service().bindService()), log);
  }

  @Override
  public Future<Void> certify(Path certFile, Path keyFile) {
    CertifiedContext tls = certified;
    return tls == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              tls.replace(certFile, keyFile);
              return null;
            });
  }

  @Override
  public Future<?> stop() {
    Server running = server;
    return running == null ? Future.succeededFuture() : cut(running);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int port() {
    Server running = server;
    return running == null ? 0 : running.getPort();
  }

  @Override
  public Future<Void> drain(Duration grace) {
    Server running = server;
    if (running == null) {
      return Future.succeededFuture();
    }
    health.draining();
    running.shutdown();
    Promise<Void> over = Promise.promise();
    inFlight.whenIdle(over::tryComplete);
    if (grace.isZero()) {
      over.tryComplete();
    } else {
      time.timers().start(grace, over::tryComplete);
    }
    Duration farewell = grace.compareTo(FAREWELL) < 0 ? grace : FAREWELL;
    return over.future()
        .compose(ended -> terminated(running, farewell))
        .compose(gone -> cut(running));
  }

  private Future<Void> cut(Server running) {
    running.shutdownNow();
    return terminated(running, CUT);
  }

  private Future<Void> terminated(Server running, Duration atMost) {
    return vertx
        .executeBlocking(
            () -> running.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS), false)
        .mapEmpty();
  }
}
