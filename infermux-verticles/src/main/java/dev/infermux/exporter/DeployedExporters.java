package dev.infermux.exporter;

import dev.infermux.vertx.Rollback;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The exporters of one gateway: all of them start, or none. */
public final class DeployedExporters {

  private final Vertx vertx;
  private final ExporterQueues queues;
  private final Context context;
  private final List<RunningExporter> running = new CopyOnWriteArrayList<>();

  /** Theirs is the context of here: deployed on that of a cell they would end before it. */
  public DeployedExporters(Vertx vertx, ExporterQueues queues) {
    this.vertx = vertx;
    this.queues = queues;
    this.context = vertx.getOrCreateContext();
  }

  /**
   * Deploys them in order. Fails with an {@code IllegalArgumentException} that says which one does
   * not start and why; those before it are then stopped.
   */
  public Future<Void> start(List<ExporterOptions> exporters) {
    Promise<Void> started = Promise.promise();
    context.runOnContext(here -> inTurn(exporters).onComplete(started));
    return started.future().recover(Rollback.by(this::stop));
  }

  private Future<Void> inTurn(List<ExporterOptions> exporters) {
    Future<Void> started = Future.succeededFuture();
    for (ExporterOptions options : exporters) {
      started =
          started.compose(
              before ->
                  RunningExporter.start(vertx, options, queues).onSuccess(running::add).mapEmpty());
    }
    return started;
  }

  /** Undeploys them, the last one first; always succeeds, however they behave. */
  public Future<Void> stop() {
    Future<Void> stopped = Future.succeededFuture();
    for (int i = running.size() - 1; i >= 0; i--) {
      RunningExporter exporter = running.get(i);
      stopped = stopped.eventually(exporter::stop);
    }
    running.clear();
    return stopped;
  }
}
