package dev.infermux.assembly;

import dev.infermux.bus.BusAddresses;
import dev.infermux.inbound.CellAccess;
import dev.infermux.inbound.RouterClient;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.RefusedCall;
import dev.infermux.ledger.Durability;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.pipeline.RouterVerticle;
import dev.infermux.provider.ProviderVerticle;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.vertx.Contexts;
import dev.infermux.vertx.EventLoops;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's worth of the hot path: providers, router and listeners, all started on this
 * verticle's own context, so that a call never changes threads on its way.
 */
public final class Cell extends VerticleBase implements CellAccess {

  private final Cells cells;
  private final Durability durability;
  private final int number;
  private final List<Deployable> parts = new ArrayList<>();
  private final Map<String, Deployable> providers = new LinkedHashMap<>();
  private @Nullable RouterClient router;

  Cell(Cells cells, Durability durability, int number) {
    this.cells = cells;
    this.durability = durability;
    this.number = number;
  }

  @Override
  public Future<?> start() {
    RouterComponents shared = cells.router();
    String instance = shared.instance();
    RouterClient client =
        new RouterClient(
            vertx,
            BusAddresses.router(instance, number),
            BusAddresses.refusals(instance, number),
            shared.time(),
            shared.instruments().buffered());
    router = client;
    return add(new RouterVerticle(shared, durability, number))
        .onSuccess(done -> cells.joined(this, context));
  }

  @Override
  public Future<?> stop() {
    Future<?> stopped = Future.succeededFuture();
    for (int i = parts.size() - 1; i >= 0; i--) {
      Deployable part = parts.get(i);
      stopped = stopped.eventually(() -> undeploy(part));
    }
    for (Deployable provider : List.copyOf(providers.values())) {
      stopped = stopped.eventually(() -> undeploy(provider));
    }
    return stopped;
  }

  /** Deploys a provider in this cell. Called on any thread. */
  Future<Void> deploy(RegisteredProvider provider) {
    return onLoop(
        () -> {
          ProviderVerticle verticle =
              new ProviderVerticle(cells.router().instance(), provider, number);
          providers.put(provider.deployment(), verticle);
          return deploy(verticle).mapEmpty();
        });
  }

  /** Ends a provider in this cell, if it is there. Called on any thread. */
  Future<Void> undeploy(RegisteredProvider provider) {
    return onLoop(
        () -> {
          Deployable verticle = providers.remove(provider.deployment());
          return verticle == null ? Future.succeededFuture() : undeploy(verticle).mapEmpty();
        });
  }

  /**
   * Completes when what this cell has put on the bus until now has been delivered in it. Called on
   * any thread.
   */
  Future<Void> settled() {
    // A message is delivered by a task of its own, which may come to stand behind the first one.
    return onLoop(() -> onLoop(() -> onLoop(Future::succeededFuture)));
  }

  /** Does the work for a request on this cell's event loop, whichever one has read it. */
  void dispatch(HttpServerRequest request, Consumer<RouterClient> work) {
    if (EventLoops.same(Vertx.currentContext(), context)) {
      work.accept(router());
      return;
    }
    request.pause();
    context.runOnContext(
        now -> {
          work.accept(router());
          request.resume();
        });
  }

  @Override
  public void serve(Consumer<RouterClient> work) {
    context.runOnContext(now -> work.accept(router()));
  }

  /**
   * Puts a call to this cell's router and reads the answer on its event loop; the future completes
   * on the context of the caller.
   */
  public <T> Future<T> ask(Call call, Function<Answer, T> read) {
    RouterClient client = router();
    Promise<T> answer = Contexts.promise(vertx);
    run(() -> client.ask(call).map(read).onComplete(answer));
    return answer.future();
  }

  /** Has a call that the program may not make published like any other. Called on any thread. */
  public void refuse(RefusedCall refused) {
    run(() -> router().refuse(refused));
  }

  /** Does some work on this cell's event loop, at once if that is the current one. */
  public void run(Runnable work) {
    if (EventLoops.same(Vertx.currentContext(), context)) {
      work.run();
    } else {
      context.runOnContext(now -> work.run());
    }
  }

  /** All cells, this one among them. */
  Cells cells() {
    return cells;
  }

  RouterClient router() {
    return Objects.requireNonNull(router);
  }

  /**
   * Does some work on this cell's context: what it deploys leaves with the cell. The future
   * completes on no context, so that a thread may wait for it whose context would be blocked.
   */
  public <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(now -> work.get().onComplete(done));
    return done.future();
  }

  /** Starts a part on this cell's context, which ends with the cell. Called on that context. */
  Future<?> add(Deployable part) {
    parts.add(part);
    return deploy(part);
  }

  private Future<?> deploy(Deployable part) {
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
