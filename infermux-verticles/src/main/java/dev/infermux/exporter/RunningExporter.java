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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exporter that is deployed: on a thread of its own, which it may block. */
final class RunningExporter {

  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.exporters");
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final long INTERRUPTED_MILLIS = 1_000;

  private final Vertx vertx;
  private final ExporterOptions options;
  private final ExporterClasses classes;
  private final Worker worker;
  private final String deployment;

  /** The pool has one thread, which may hang in the user's code; its own Vert.x waits for it. */
  private record Worker(WorkerExecutor pool, AtomicReference<@Nullable Thread> thread) {

    void interrupt() {
      Thread running = thread.get();
      if (running != null) {
        running.interrupt();
      }
    }
  }

  private RunningExporter(
      Vertx vertx,
      ExporterOptions options,
      ExporterClasses classes,
      Worker worker,
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
    Worker worker = new Worker(vertx.createSharedWorkerExecutor(pool, 1), new AtomicReference<>());
    return worker
        .pool()
        .executeBlocking(
            () -> {
              worker.thread().set(Thread.currentThread());
              return classes.verticle(queues.of(options));
            })
        .compose(verticle -> deploy(vertx, options, classes, verticle, pool))
        .timeout(options.startTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .map(id -> new RunningExporter(vertx, options, classes, worker, id))
        .recover(
            cause -> {
              worker.interrupt();
              worker.pool().close();
              close(classes);
              return Future.failedFuture(refused(options, cause));
            });
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
            : "failed to start: " + words(cause, options.className());
    return new IllegalArgumentException(
        options.origin()
            + ": "
            + options.className()
            + " "
            + what
            + " (expected: a start that succeeds within start_timeout)",
        cause);
  }

  /** What was thrown and what it came of; of one without a message the line of the class. */
  private static String words(Throwable thrown, String className) {
    Throwable cause = thrown.getCause();
    String text = cause == null ? thrown.toString() : thrown + ": " + cause;
    return thrown.getMessage() != null
        ? text
        : Stream.of(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(className))
            .findFirst()
            .map(at -> text + " in " + at.getMethodName() + "(), line " + at.getLineNumber())
            .orElse(text);
  }

  Future<Void> stop() {
    return stop(STOP_TIMEOUT);
  }

  /** Always succeeds, in time: what has not ended by {@code timeout} is interrupted. */
  Future<Void> stop(Duration timeout) {
    Future<Void> undeployed = undeployed();
    return undeployed
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(cause -> end(undeployed, cause))
        .otherwiseEmpty()
        .eventually(
            () -> {
              close(classes);
              return worker.pool().close();
            });
  }

  private Future<Void> end(Future<Void> undeployed, Throwable cause) {
    LOG.warn(
        "{}: {} did not stop as it should: {}",
        options.origin(),
        options.className(),
        cause.toString());
    classes.endConsumers();
    worker.interrupt();
    return undeployed.timeout(INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS);
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
