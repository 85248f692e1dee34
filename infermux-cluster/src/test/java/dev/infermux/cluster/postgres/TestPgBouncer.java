package dev.infermux.cluster.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.tokentrace.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PgBouncer of the tests' own in transaction mode, as Debian's package sets it up, but that each
 * transaction gets the connection that was used longest ago: never the one before.
 */
public final class TestPgBouncer implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

  private final Process process;
  private final int port;

  private TestPgBouncer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Skips the test where PgBouncer is not installed. */
  public static TestPgBouncer start(TestPostgres postgres) {
    Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    assumeTrue(program != null, "PgBouncer is not installed (Debian: pgbouncer): skipped");
    try {
      Path directory = Files.createTempDirectory("infermux-pgbouncer");
      int port = FreePort.next();
      Path file = directory.resolve("pgbouncer.ini");
      Files.writeString(
          file,
          """
          [databases]
          * = host=127.0.0.1 port=%d user=infermux
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          auth_type = any
          pool_mode = transaction
          default_pool_size = 4
          server_round_robin = 1
          """
              .formatted(postgres.port(), port));
      TestPostgres.own(directory);
      Path log = directory.resolve("log");
      Process started =
          new ProcessBuilder(
                  TestPostgres.unprivileged(List.of(program.toString(), file.toString())))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      TestPgBouncer pooler = new TestPgBouncer(started, port);
      Runtime.getRuntime().addShutdownHook(new Thread(pooler::close));
      pooler.awaitPort(log);
      return pooler;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same database by way of the pooler. */
  public String through(String url) {
    return url.replaceFirst(":\\d+/", ":" + port + "/");
  }

  private void awaitPort(Path log) throws IOException {
    for (int i = 0; i < 1_200 && process.isAlive(); i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        pause();
      }
    }
    try (Stream<String> said = Files.lines(log)) {
      throw new IOException("PgBouncer does not start: " + said.toList());
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
