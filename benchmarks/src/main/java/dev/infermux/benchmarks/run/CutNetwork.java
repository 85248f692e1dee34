package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of its own for one node, joined to this one by a cable that can be pulled, and by
 * another one over which it can be asked all the same. Needs root on Linux, and {@code ip}.
 */
final class CutNetwork implements AutoCloseable {
  /** Of this machine and of the node, on the cable that is pulled. */
  static final String HERE = "10.213.78.1";

  static final String THERE = "10.213.78.2";

  /** Of the node, where it can always be asked. */
  static final String ASKED = "10.213.79.2";

  private static final String ASKING = "10.213.79.1";
  private static final String NAME = "infermux-bench";
  private static final String BRIDGE = "imb-bridge";
  private static final String NEAR = "imb-near";
  private static final String FAR = "imb-far";
  private static final String NEAR_ASIDE = "imb-aside";
  private static final String FAR_ASIDE = "imb-faraside";
  private static final int SECONDS = 20;

  private final Thread atExit = new Thread(CutNetwork::remove);

  CutNetwork() throws IOException {
    Runtime.getRuntime().addShutdownHook(atExit);
    remove();
    ip("netns", "add", NAME);
    ip("link", "add", BRIDGE, "type", "bridge");
    ip("addr", "add", HERE + "/24", "dev", BRIDGE);
    ip("link", "set", BRIDGE, "up");
    cable(NEAR, FAR, THERE);
    ip("link", "set", NEAR, "master", BRIDGE);
    cable(NEAR_ASIDE, FAR_ASIDE, ASKED);
    ip("addr", "add", ASKING + "/24", "dev", NEAR_ASIDE);
    ip("-n", NAME, "link", "set", "lo", "up");
    heal();
  }

  /** What a command begins with to run there. */
  String within() {
    return "ip netns exec " + NAME + " ";
  }

  void cut() throws IOException {
    ip("link", "set", NEAR, "down");
  }

  void heal() throws IOException {
    ip("link", "set", NEAR, "up");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    remove();
  }

  private static void cable(String near, String far, String address) throws IOException {
    ip("link", "add", near, "type", "veth", "peer", "name", far);
    ip("link", "set", far, "netns", NAME);
    ip("link", "set", near, "up");
    ip("-n", NAME, "addr", "add", address + "/24", "dev", far);
    ip("-n", NAME, "link", "set", far, "up");
  }

  /** Whatever an earlier run may have left. */
  private static void remove() {
    for (String link : List.of(NEAR, NEAR_ASIDE, BRIDGE)) {
      quietly("link", "del", link);
    }
    quietly("netns", "del", NAME);
  }

  private static void quietly(String... arguments) {
    try {
      run(arguments);
    } catch (IOException gone) {
      // There is no such program, so there is nothing to remove.
    }
  }

  private static void ip(String... arguments) throws IOException {
    String said = run(arguments);
    if (!said.isEmpty()) {
      throw new IOException("ip " + String.join(" ", arguments) + ": " + said.trim());
    }
  }

  private static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      process.waitFor(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return said;
  }
}
