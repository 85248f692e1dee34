package dev.infermux.tokentrace.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Ports for those that have to be told theirs before they listen; whoever can listen on port 0
 * needs none. They lie below the ports that kernels give to outgoing connections and to port 0, so
 * that nothing takes one in between. A lock on the byte of a file keeps each for this process until
 * it ends.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int LAST = 29_999;

  private static @Nullable FileChannel locks;
  private static int next = FIRST;

  private FreePort() {}

  /** One that nobody listens on, and that no other call has got, of this process or another. */
  public static synchronized int next() {
    while (next <= LAST) {
      int port = next++;
      if (isFree(port) && lock(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
  }

  private static boolean lock(int port) {
    try {
      if (locks == null) {
        String name = "infermux-test-ports-" + System.getProperty("user.name");
        locks =
            FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), name),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
      }
      return locks.tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException another) { // copy of this class
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At no address, and without connections that are still being closed. */
  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(false);
      socket.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
