package dev.infermux.cli;

import dev.infermux.cli.process.CommandContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd how the server stands, where a unit of {@code Type=notify} started it. The message
 * goes by the program systemd-notify: it is a datagram on a Unix socket, which the JDK cannot send.
 */
final class Systemd {

  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final long SECONDS = 5;

  private final boolean listens;

  private Systemd(boolean listens) {
    this.listens = listens;
  }

  /** Does nothing where no systemd waits for a word. */
  static Systemd of(CommandContext context) {
    return new Systemd(context.variable(SOCKET).isPresent());
  }

  /**
   * The server answers from now on.
   *
   * @param status one line for {@code systemctl status}
   */
  void ready(String status) {
    tell("--ready", "--status=" + status);
  }

  /** The server lets what is in flight end, and then ends. */
  void stopping() {
    tell("STOPPING=1", "--status=stopping");
  }

  private void tell(String... words) {
    if (!listens) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("systemd-notify"));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        ServeCommand.LOG.warn("systemd-notify does not end within {} s", SECONDS);
      } else if (process.exitValue() != 0) {
        ServeCommand.LOG.warn("systemd-notify ended with {}", process.exitValue());
      }
    } catch (IOException e) {
      ServeCommand.LOG.warn("systemd was not told: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
