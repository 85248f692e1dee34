package dev.infermux.cluster.bus;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network namespace of the tests' own, and a cable to it from this one that can be pulled. Needs
 * root on Linux, and {@code ip}.
 */
final class TwoNetworks implements AutoCloseable {

  static final String HERE = "10.213.77.1";
  static final String THERE = "10.213.77.2";

  private static final String NAME = "infermux-test";
  private static final String BRIDGE = "imx-bridge";
  private static final String NEAR = "imx-near";
  private static final String FAR = "imx-far";

  TwoNetworks() throws IOException {
    remove();
    ip("netns", "add", NAME);
    ip("link", "add", BRIDGE, "type", "bridge");
    ip("addr", "add", HERE + "/24", "dev", BRIDGE);
    ip("link", "set", BRIDGE, "up");
    ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR);
    ip("link", "set", FAR, "netns", NAME);
    ip("link", "set", NEAR, "master", BRIDGE);
    ip("-n", NAME, "addr", "add", THERE + "/24", "dev", FAR);
    ip("-n", NAME, "link", "set", FAR, "up");
    ip("-n", NAME, "link", "set", "lo", "up");
    heal();
  }

  /** What a command begins with to run there. */
  List<String> within() {
    return List.of("ip", "netns", "exec", NAME);
  }

  void cut() throws IOException {
    ip("link", "set", NEAR, "down");
  }

  void heal() throws IOException {
    ip("link", "set", NEAR, "up");
  }

  @Override
  public void close() throws IOException {
    remove();
  }

  private static void remove() throws IOException {
    run("link", "del", NEAR);
    run("link", "del", BRIDGE);
    run("netns", "del", NAME);
  }

  private static void ip(String... arguments) throws IOException {
    String said = run(arguments);
    if (!said.isEmpty()) {
      throw new IOException("ip " + String.join(" ", arguments) + ": " + said);
    }
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      process.waitFor(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return said;
  }
}
