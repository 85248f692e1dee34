package dev.infermux.cli;

import dev.infermux.cli.process.ExitCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The end of a server: the first request to stop is met gently, the second at once. */
final class Shutdown {

  private final Duration grace;
  private final Systemd systemd;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  Shutdown(Duration grace, Systemd systemd) {
    this.grace = grace;
    this.systemd = systemd;
  }

  /** Who is told of start and end. */
  Systemd systemd() {
    return systemd;
  }

  /** Called on any thread. */
  void request(int code) {
    if (!exitCode.complete(code)) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  /** Waits for the request, then stops the server; returns the exit code asked for. */
  int await(Server server) {
    int code = exitCode.join();
    ServeCommand.LOG.info("stopping; requests in flight may take {} ms more", grace.toMillis());
    systemd.stopping();
    server.stop(grace);
    ServeCommand.LOG.info("stopped");
    return code;
  }
}
