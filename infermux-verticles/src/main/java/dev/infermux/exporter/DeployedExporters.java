package dev.infermux.exporter;

import dev.infermux.vertx.Rollback;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The exporters of one gateway: all of them start, or none. */
public final class DeployedExporters {

  private final Vertx vertx;
  private final List<RunningExporter> running = new CopyOnWriteArrayList<>();

  public DeployedExporters(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Deploys them in order. Fails with an {@code IllegalArgumentException} that says which one does
   * not start and why; those before it are then stopped.
   */
  public Future<Void> start(List<ExporterOptions> exporters) {
    Future<Void> started = Future.succeededFuture();
    for (ExporterOptions options : exporters) {
      started =
          started.compose(
              before -> RunningExporter.start(vertx, options).onSuccess(running::add).mapEmpty());
    }
    return started.recover(Rollback.by(this::stop));
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
