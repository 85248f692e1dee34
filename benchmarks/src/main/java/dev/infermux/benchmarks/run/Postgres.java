package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of this run's own, as it is without being configured but for its memory. It
 * does not run as root, so that root lets another user of the machine run it.
 */
final class Postgres implements AutoCloseable {
  private static final String USER = "infermux";
  private static final List<String> OTHERS = List.of("postgres", "nobody");
  private static final int TRIES = 600;
  private static final int PAUSE_MILLIS = 100;
  private static final int SECONDS_TO_END = 20;

  private final Path bin;
  private final Path home;
  private final int port;
  private final List<String> as;
  private final Thread atExit = new Thread(this::end);
  private @Nullable Process server;

  private Postgres(Path bin, Path home, int port, List<String> as) {
    this.bin = bin;
    this.home = home;
    this.port = port;
    this.as = as;
  }

  /**
   * Makes a database server and waits until it answers.
   *
   * @param pinning where it runs
   * @param addresses to listen at, beside 127.0.0.1
   */
  static Postgres start(Pinning pinning, List<String> addresses)
      throws IOException, InterruptedException {
    Path bin = bin();
    Path home = Files.createTempDirectory("infermux-postgres");
    List<String> as = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      String user = user();
      call(List.of("chown", user, home.toString()), home);
      as.addAll(List.of("setpriv", "--reuid=" + user, "--clear-groups", "--"));
    }
    Postgres made = new Postgres(bin, home, Ports.free(), pinning.pinned(as));
    Runtime.getRuntime().addShutdownHook(made.atExit);
    made.begin(addresses);
    return made;
  }

  private void begin(List<String> addresses) throws IOException, InterruptedException {
    Path data = home.resolve("data");
    run("initdb", "-D", data.toString(), "-U", USER, "--auth=trust", "-E", "UTF8", "--locale=C");
    for (String address : addresses) {
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "host all all " + address.substring(0, address.lastIndexOf('.')) + ".0/24 trust\n",
          StandardOpenOption.APPEND);
    }
    List<String> all = new ArrayList<>(List.of("127.0.0.1"));
    all.addAll(addresses);
    server =
        process(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-k",
                home.toString(),
                "-c",
                "listen_addresses=" + String.join(",", all))
            .redirectOutput(home.resolve("log").toFile())
            .start();
    for (int i = 0; i < TRIES; i++) {
      Process asked = process("pg_isready", "-q", "-h", "127.0.0.1", "-p", "" + port).start();
      if (asked.waitFor() == 0) {
        return;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new IOException("PostgreSQL does not start: " + Files.readString(home.resolve("log")));
  }

  /** The address of a database that is made now, as it is reached at one of the addresses. */
  String database(String name) throws IOException, InterruptedException {
    run("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", USER, name);
    return url("127.0.0.1", name);
  }

  String url(String address, String database) {
    return "postgresql://%s@%s:%d/%s".formatted(USER, address, port, database);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    end();
  }

  /** A fast shutdown, which does not wait for those who are connected. */
  private void end() {
    Process running = server;
    try {
      if (running != null && running.isAlive()) {
        call(List.of("sh", "-c", "kill -INT " + running.pid()), home);
        if (!running.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
          running.destroyForcibly();
        }
      }
      try (Stream<Path> files = Files.walk(home)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
      }
    } catch (IOException | UncheckedIOException e) {
      Progress.say("PostgreSQL's directory %s: %s", home, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    call(command(program, arguments), home);
  }

  private ProcessBuilder process(String program, String... arguments) {
    return new ProcessBuilder(command(program, arguments))
        .directory(home.toFile())
        .redirectErrorStream(true);
  }

  private List<String> command(String program, String... arguments) {
    List<String> all = new ArrayList<>(as);
    all.add(bin.resolve(program).toString());
    all.addAll(List.of(arguments));
    return all;
  }

  private static void call(List<String> command, Path directory)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  /** Where Debian has its programs: the newest version of those that are installed. */
  private static Path bin() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    } catch (IOException | RuntimeException missing) {
      throw new IllegalStateException(
          "PostgreSQL: not in /usr/lib/postgresql (expected: Debian's package postgresql)",
          missing);
    }
  }

  private static String user() throws IOException, InterruptedException {
    for (String name : OTHERS) {
      Process asked =
          new ProcessBuilder("id", name)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (asked.waitFor() == 0) {
        return name;
      }
    }
    throw new IllegalStateException("PostgreSQL does not run as root, and no other user is there");
  }
}
