package dev.infermux;

import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.bus.BusVerticle;
import dev.infermux.inbound.http.HttpDoor;
import dev.infermux.inbound.http.HttpVerticle;
import dev.infermux.inference.bus.Addresses;
import dev.infermux.inference.bus.LocalHop;
import dev.infermux.pipeline.RouterVerticle;
import dev.infermux.provider.ProviderVerticle;
import dev.infermux.provider.RegisteredProvider;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's worth of the hot path: providers, router and doors, all started on this
 * verticle's own context, so that a call never changes threads on its way.
 */
final class Cell extends VerticleBase {

  private final Assembly assembly;
  private final int number;
  private final List<Deployable> parts = new ArrayList<>();
  private @Nullable HttpDoor door;
  private @Nullable RouterClient router;
  private @Nullable HttpVerticle socket;

  Cell(Assembly assembly, int number) {
    this.assembly = assembly;
    this.number = number;
  }

  @Override
  public Future<?> start() {
    String instance = assembly.parts().instance();
    RouterClient client = new RouterClient(vertx, Addresses.router(instance, number));
    router = client;
    door = assembly.doors().door(client);
    Future<?> started = Future.succeededFuture();
    for (RegisteredProvider provider : assembly.parts().registry().snapshot()) {
      started = started.compose(done -> add(new ProviderVerticle(instance, provider, number)));
    }
    return started
        .compose(done -> add(new RouterVerticle(assembly.parts(), number)))
        .compose(done -> add(new BusVerticle(client, new LocalHop(vertx))))
        .onSuccess(done -> assembly.cells().joined(this, context));
  }

  @Override
  public Future<?> stop() {
    Future<?> stopped = Future.succeededFuture();
    for (int i = parts.size() - 1; i >= 0; i--) {
      Deployable part = parts.get(i);
      stopped = stopped.eventually(() -> undeploy(part));
    }
    return stopped;
  }

  /** Opens this cell's listening socket. Called on any thread. */
  Future<HttpVerticle> listen() {
    return onLoop(
        () -> {
          HttpVerticle listening =
              new HttpVerticle(assembly.http(), door(), assembly.parts().instance());
          socket = listening;
          return add(listening).map(listening);
        });
  }

  Context context() {
    return context;
  }

  HttpDoor door() {
    return java.util.Objects.requireNonNull(door);
  }

  RouterClient router() {
    return java.util.Objects.requireNonNull(router);
  }

  /** The open socket, if there is one. */
  @Nullable HttpVerticle socket() {
    return socket;
  }

  /** Does some work on this cell's context: what it deploys leaves with the cell. */
  <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> work) {
    io.vertx.core.Promise<T> done = io.vertx.core.Promise.promise();
    context.runOnContext(now -> work.get().onComplete(done));
    return done.future();
  }

  private Future<?> add(Deployable part) {
    parts.add(part);
    try {
      return part.deploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private Future<?> undeploy(Deployable part) {
    try {
      return part.undeploy(context);
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }
}
