package dev.infermux.assembly;

import dev.infermux.events.metrics.EventLoopLag;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inbound.http.CellDispatcher;
import dev.infermux.ledger.Durability;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.vertx.EventLoops;
import dev.infermux.vertx.Rollback;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** All cells of one InferMux, found by the event loop that asks. Safe on any thread. */
public final class Cells implements CellDispatcher {

  private final RouterComponents router;
  private final EventLoopLag lag;
  private final List<Cell> all = new CopyOnWriteArrayList<>();
  private final Map<EventLoop, Cell> byLoop = new ConcurrentHashMap<>();
  private final Map<Thread, Cell> byThread = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();

  public Cells(RouterComponents router, EventLoopLag lag) {
    this.router = router;
    this.lag = lag;
  }

  /** Starts one on each event loop; completes with the id of their deployment. */
  public Future<String> start(Vertx vertx, Durability durability) {
    AtomicInteger number = new AtomicInteger();
    return vertx.deployVerticle(
        () -> new Cell(this, durability, number.getAndIncrement()),
        new DeploymentOptions().setInstances(EventLoops.count(vertx)));
  }

  /** Deploys providers in every cell; when one cannot be, none is deployed. */
  Future<Void> deploy(List<RegisteredProvider> providers) {
    Future<Void> deployed = each(cell -> inTurn(providers, cell::deploy));
    return deployed.recover(Rollback.by(() -> each(cell -> inTurn(providers, cell::undeploy))));
  }

  /** Ends a provider in every cell. */
  Future<Void> undeploy(RegisteredProvider provider) {
    return each(cell -> cell.undeploy(provider));
  }

  /** Completes when what has been put on the bus until now has been delivered. */
  Future<Void> settled() {
    return each(Cell::settled);
  }

  private Future<Void> each(Function<Cell, Future<Void>> work) {
    return Future.join(all.stream().map(work).toList()).mapEmpty();
  }

  private static Future<Void> inTurn(
      List<RegisteredProvider> providers, Function<RegisteredProvider, Future<Void>> work) {
    Future<Void> done = Future.succeededFuture();
    for (RegisteredProvider provider : providers) {
      done = done.compose(before -> work.apply(provider));
    }
    return done;
  }

  List<Cell> all() {
    return all;
  }

  Cell first() {
    return all.get(0);
  }

  /** The cell of the current event loop; elsewhere the cells take turns. */
  public Cell here() {
    Context current = Vertx.currentContext();
    // The connections of a server that is not Vert.x's own run on an event loop without a context.
    Cell own =
        current == null ? byThread.get(Thread.currentThread()) : byLoop.get(EventLoops.of(current));
    if (own != null) {
      return own;
    }
    return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
  }

  @Override
  public void dispatch(HttpServerRequest request, Consumer<RouterClient> work) {
    here().dispatch(request, work);
  }

  RouterComponents router() {
    return router;
  }

  void joined(Cell cell, Context context) {
    lag.watch();
    all.add(cell);
    byLoop.putIfAbsent(EventLoops.of(context), cell);
    byThread.putIfAbsent(Thread.currentThread(), cell);
  }
}
