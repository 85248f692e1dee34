package dev.infermux.exporter;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exporter that is deployed: on a thread of its own, which it may block. */
final class RunningExporter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.exporters");
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final ExporterOptions options;
  private final ExporterClasses classes;
  private final WorkerExecutor worker;
  private final String deployment;

  private RunningExporter(
      Vertx vertx,
      ExporterOptions options,
      ExporterClasses classes,
      WorkerExecutor worker,
      String deployment) {
    this.vertx = vertx;
    this.options = options;
    this.classes = classes;
    this.worker = worker;
    this.deployment = deployment;
  }

  /** Fails with an {@code IllegalArgumentException} in words for the user, in time. */
  static Future<RunningExporter> start(
      Vertx vertx, ExporterOptions options, ExporterQueues queues) {
    ExporterClasses classes;
    try {
      classes = ExporterClasses.open(options);
    } catch (IllegalArgumentException refused) {
      return Future.failedFuture(refused);
    }
    String pool = "infermux-" + options.origin();
    WorkerExecutor worker = vertx.createSharedWorkerExecutor(pool, 1);
    AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    return worker
        .executeBlocking(
            () -> {
              thread.set(Thread.currentThread());
              return classes.verticle(queues.of(options));
            })
        .compose(verticle -> deploy(vertx, options, classes, verticle, pool))
        .timeout(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .map(id -> new RunningExporter(vertx, options, classes, worker, id))
        .recover(
            cause -> {
              interrupt(thread.get());
              worker.close();
              close(classes);
              return Future.failedFuture(refused(options, cause));
            });
  }

  /** The pool has one thread, which may hang in the user's code; its own Vert.x waits for it. */
  private static void interrupt(@Nullable Thread thread) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private static Future<String> deploy(
      Vertx vertx,
      ExporterOptions options,
      ExporterClasses classes,
      Deployable verticle,
      String pool) {
    return vertx.deployVerticle(
        verticle,
        new DeploymentOptions()
            .setThreadingModel(ThreadingModel.WORKER)
            .setWorkerPoolName(pool)
            .setWorkerPoolSize(1)
            .setClassLoader(classes.loader())
            .setConfig(options.config()));
  }

  private static IllegalArgumentException refused(ExporterOptions options, Throwable cause) {
    if (cause instanceof IllegalArgumentException known
        && String.valueOf(known.getMessage()).startsWith(options.origin() + ": ")) {
      return known;
    }
    String what =
        cause instanceof TimeoutException
            ? "did not start within " + options.startTimeout().toMillis() + " ms"
            : "failed to start: " + cause;
    return new IllegalArgumentException(
        options.origin()
            + ": "
            + options.className()
            + " "
            + what
            + " (expected: a start that succeeds within start_timeout)",
        cause);
  }

  /** Always succeeds, in time. */
  Future<Void> stop() {
    return undeployed()
        .timeout(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            cause -> {
              LOG.warn(
                  "{}: {} did not stop as it should: {}",
                  options.origin(),
                  options.className(),
                  cause.toString());
              return null;
            })
        .eventually(
            () -> {
              close(classes);
              return worker.close();
            });
  }

  /** Who deployed the gateway may have undeployed all that it had. */
  private Future<Void> undeployed() {
    return vertx.deploymentIDs().contains(deployment)
        ? vertx.undeploy(deployment)
        : Future.succeededFuture();
  }

  private static void close(ExporterClasses classes) {
    try {
      classes.close();
    } catch (IOException e) {
      LOG.debug("a class path cannot be closed", e);
    }
  }
}
