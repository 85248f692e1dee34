package dev.infermux.benchmarks.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;

/** Finds ports to listen on. */
final class Ports {
  private static final int FIRST = 19_100;
  private static final int LAST = 19_999;

  private Ports() {}

  /**
   * A port below those that the kernel gives to outgoing connections, so that none of them takes it
   * first.
   */
  static int free() {
    return free(1).get(0);
  }

  /** So many at once, for those that start together. */
  static List<Integer> free(int count) {
    List<Integer> free =
        IntStream.rangeClosed(FIRST, LAST).filter(Ports::isFree).limit(count).boxed().toList();
    if (free.size() < count) {
      throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
    }
    return free;
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
