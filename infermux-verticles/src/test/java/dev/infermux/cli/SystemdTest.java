package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.testing.Programs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The unit that is installed, and what the server tells systemd. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SystemdTest {

  private static final Path UNIT =
      Path.of("..", "deploy", "systemd", "infermux.service").toAbsolutePath();

  /** What systemd does at its end of the socket: prints each message, one a line. */
  private static final String LISTENER =
      """
      import os, socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print("bound", flush=True)
      while True:
          data, fds, flags, sender = socket.recv_fds(s, 4096, 8)
          for fd in fds:
              os.close(fd)
          print(data.decode().replace("\\n", " "), flush=True)
      """;

  @TempDir Path directory;

  @Test
  void server_tells_when_it_answers_and_when_it_stops() throws Exception {
    Programs.require("systemd-notify");
    Programs.require("python3");
    Path socket = directory.resolve("notify");
    Process listener = new ProcessBuilder("python3", "-c", LISTENER, socket.toString()).start();
    try (var said = listener.inputReader(StandardCharsets.UTF_8)) {
      assertThat(said.readLine()).isEqualTo("bound");
      try (ServerProcess server =
          ServerProcess.start(
              directory,
              Map.of("NOTIFY_SOCKET", socket.toString()),
              "serve",
              "--listen",
              "127.0.0.1:0")) {
        String url = server.url().toString();

        assertThat(said.readLine()).contains("READY=1", "STATUS=1 provider, listening on " + url);
        assertThat(said.readLine()).isEqualTo("BARRIER=1");
        server.signal("TERM");
        assertThat(said.readLine()).contains("STOPPING=1", "STATUS=stopping");
        assertThat(server.exitCode()).isZero();
      }
    } finally {
      listener.destroyForcibly();
    }
  }

  @Test
  void server_starts_where_systemd_cannot_be_told() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            directory,
            Map.of("NOTIFY_SOCKET", "/nowhere", "PATH", directory.toString()),
            "serve",
            "--listen",
            "127.0.0.1:0")) {
      server.url();

      new ProcessBuilder("kill", Long.toString(server.pid())).start().waitFor();
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).contains("systemd was not told: ");
    }
  }

  @Test
  void unit_is_valid_and_hardened() throws Exception {
    Programs.require("systemd-analyze");
    // With a program that is there.
    Path unit = directory.resolve("infermux.service");
    Files.writeString(unit, Files.readString(UNIT).replace("/usr/bin/infermux", "/bin/true"));

    assertThat(Programs.run("systemd-analyze", "verify", "--man=no", unit.toString())).isEmpty();
    String security =
        Programs.run(
            "systemd-analyze", "security", "--offline=true", "--threshold=20", unit.toString());
    assertThat(security)
        .containsPattern("Overall exposure level for infermux.service: [01]\\.\\d OK");
  }

  @Test
  void unit_gives_requests_in_flight_the_time_that_the_server_grants_them() throws Exception {
    List<String> unit = Files.readAllLines(UNIT);

    int grace = seconds(unit, ".*--graceful-shutdown (\\d+)s");
    assertThat(seconds(unit, "TimeoutStopSec=(\\d+)")).isGreaterThan(grace + 5);
    assertThat(unit).contains("Type=notify", "ExecReload=/bin/kill -HUP $MAINPID");
  }

  private static int seconds(List<String> unit, String pattern) {
    String line = unit.stream().filter(l -> l.matches(pattern)).findFirst().orElseThrow();
    return Integer.parseInt(line.replaceFirst(pattern, "$1"));
  }
}
