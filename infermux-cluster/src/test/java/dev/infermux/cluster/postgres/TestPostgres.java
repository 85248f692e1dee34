package dev.infermux.cluster.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.infermux.tokentrace.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the tests' own: its directory, its port, ended by its process. It does not
 * run as root, so that another user of the machine has to exist where the tests do.
 */
public final class TestPostgres implements AutoCloseable {

  private static final List<String> USERS = List.of("postgres", "nobody");
  private static final String USER = "infermux";

  private static TestPostgres shared;
  private static int databases;

  private final Path bin;
  private final Path directory;
  private final int port;
  private Process server;

  private TestPostgres(Path bin, Path directory, int port) {
    this.bin = bin;
    this.directory = directory;
    this.port = port;
    this.server = launch();
  }

  /**
   * The one of this process: tests that neither end nor configure it have databases of their own
   * there.
   */
  public static synchronized TestPostgres shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /** The name of a database that no other test has made. */
  public static synchronized String unused(String purpose) {
    return purpose + "_" + ++databases;
  }

  /** Skips the test where PostgreSQL is not installed. */
  public static TestPostgres start() {
    Optional<Path> bin = bin();
    assumeTrue(bin.isPresent(), "PostgreSQL is not installed (Debian: postgresql): skipped");
    boolean other = !root() || USERS.stream().anyMatch(TestPostgres::exists);
    assumeTrue(other, "PostgreSQL does not run as root, and there is no other user: skipped");
    try {
      Path directory = Files.createTempDirectory("infermux-postgres");
      own(directory);
      Path programs = bin.orElseThrow();
      run(
          directory,
          List.of(
              programs.resolve("initdb").toString(),
              "-D",
              directory.resolve("data").toString(),
              "-U",
              USER,
              "--auth=trust",
              "-E",
              "UTF8",
              "--locale=C",
              "-N"));
      TestPostgres started = new TestPostgres(programs, directory, FreePort.next());
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** Of a database that is made now. */
  public String database(String name) {
    run(directory, command("createdb", name));
    return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + name;
  }

  /** Runs SQL as the owner of everything. */
  public void sql(String database, String statement) {
    run(directory, command("psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", statement));
  }

  /** What a query says, as text. */
  public String value(String database, String query) {
    return call(unprivileged(command("psql", "-qtA", "-d", database, "-c", query)), directory)
        .trim();
  }

  /** From here on a role has to show its password, where all others need none. */
  public void askForPassword(String role) {
    Path rules = directory.resolve("data").resolve("pg_hba.conf");
    try {
      String rule = "host all " + role + " 127.0.0.1/32 scram-sha-256\n";
      Files.writeString(rules, rule + Files.readString(rules));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sql("postgres", "SELECT pg_reload_conf()");
  }

  /** Ends all connections to a database. */
  public void disconnect(String database) {
    sql(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "'");
  }

  /** Ends the server as a crash does: at once, and without writing anything. */
  public void stopImmediately() {
    signal("-QUIT");
  }

  /** Starts it again after {@link #stopImmediately}. */
  public void startAgain() {
    server = launch();
  }

  /** For the end of a test that may have failed before. */
  public void startAgainIfEnded() {
    if (!server.isAlive()) {
      startAgain();
    }
  }

  @Override
  public void close() {
    if (server.isAlive()) {
      signal("-INT");
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      // Somebody else's to clean.
    }
  }

  private void signal(String which) {
    // The shell's own: not every image has the program.
    run(directory, List.of("sh", "-c", "kill " + which + " " + server.pid()));
    try {
      if (!server.waitFor(60, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Process launch() {
    try {
      Process started =
          new ProcessBuilder(
                  unprivileged(
                      List.of(
                          bin.resolve("postgres").toString(),
                          "-D",
                          directory.resolve("data").toString(),
                          "-p",
                          Integer.toString(port),
                          "-k",
                          directory.toString(),
                          "-c",
                          "listen_addresses=127.0.0.1",
                          "-c",
                          "shared_buffers=32MB")))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      List<String> ready = command("pg_isready", "-q");
      for (int i = 0; i < 2_400; i++) {
        if (new ProcessBuilder(ready).start().waitFor() == 0) {
          return started;
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      throw new IOException("PostgreSQL does not start: see " + directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }

  private List<String> command(String program, String... arguments) {
    List<String> all = new ArrayList<>(List.of(bin.resolve(program).toString()));
    all.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER));
    all.addAll(List.of(arguments));
    if (program.equals("pg_isready")) {
      all.removeAll(List.of("-U", USER));
    }
    return all;
  }

  private static Optional<Path> bin() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static boolean exists(String user) {
    try {
      return new ProcessBuilder("id", user)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String user() {
    return USERS.stream().filter(TestPostgres::exists).findFirst().orElseThrow();
  }

  static void own(Path directory) {
    if (root()) {
      call(List.of("chown", user(), directory.toString()));
    }
  }

  static List<String> unprivileged(List<String> command) {
    if (!root()) {
      return command;
    }
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--reuid=" + user(), "--clear-groups", "--"));
    all.addAll(command);
    return all;
  }

  private static void run(Path directory, List<String> command) {
    call(unprivileged(command), directory);
  }

  private static void call(List<String> command) {
    call(command, Path.of("/"));
  }

  private static String call(List<String> command, Path directory) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException());
    }
  }
}
