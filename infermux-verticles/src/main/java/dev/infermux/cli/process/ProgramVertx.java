package dev.infermux.cli.process;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program's Vert.x: quick to start, and without the parts that a gateway does not use. */
public final class ProgramVertx {

  private static final int WORKERS = 8;
  private static final long BLOCKED_SECONDS = 5;

  /**
   * Read once by Vert.x and Netty, when their first class is loaded; a {@code -D} of the user's
   * wins.
   */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "vertx.logger-delegate-factory-class-name",
          "io.vertx.core.logging.SLF4JLogDelegateFactory",
          "vertx.disableWebsockets",
          "true",
          "vertx.disableMetrics",
          "true",
          "vertx.disableContextTimings",
          "true",
          // Sessions of TLS that callers may resume: by default 20,480, kept for a day.
          "javax.net.ssl.sessionCacheSize",
          "1000",
          // Its events cost a tenth of the start, and they are not recorded by default.
          "io.netty.jfr.enabled",
          "false");

  private ProgramVertx() {}

  /** For a command: the JVM's own sockets, since nothing has to be loaded for them. */
  public static Vertx create() {
    return create(Transport.NIO);
  }

  static Vertx create(Transport transport) {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    return Vertx.builder().with(options()).withTransport(transport).build();
  }

  static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
        .setWorkerPoolSize(WORKERS)
        .setInternalBlockingPoolSize(WORKERS)
        .setBlockedThreadCheckInterval(BLOCKED_SECONDS)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS)
        .setMaxEventLoopExecuteTime(BLOCKED_SECONDS)
        .setMaxEventLoopExecuteTimeUnit(TimeUnit.SECONDS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }
}
