package dev.infermux.cluster.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to the database that can stall, be cut, or lose answers after their commit. */
public final class FaultyProxy implements AutoCloseable {

  /** What becomes of bytes. */
  public enum Fault {
    NONE,
    /** Nothing passes, either way. */
    STALLED,
    /** Questions pass, answers do not. */
    ANSWERS_LOST,
    /** Each answer takes {@link #SLOWNESS_MILLIS}. */
    SLOW
  }

  /** More than a second, and what a statement takes through it. */
  public static final long SLOWNESS_MILLIS = Long.getLong("infermux.nodes.slow", 1_500);

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Fault fault = Fault.NONE;

  public FaultyProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public void fault(Fault fault) {
    this.fault = fault;
  }

  /** Ends all connections there are. */
  public void cut() {
    open.forEach(FaultyProxy::close);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // The test is over.
      }
    }
  }

  private void connect(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(near);
      open.add(far);
      daemon(() -> copy(near, far, false));
      daemon(() -> copy(far, near, true));
    } catch (IOException away) {
      close(near);
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    byte[] bytes = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length = in.read(bytes);
      while (length >= 0) {
        boolean lost = answers && fault == Fault.ANSWERS_LOST;
        while (fault == Fault.STALLED && !from.isClosed()) {
          Thread.sleep(5);
        }
        if (answers && fault == Fault.SLOW) {
          Thread.sleep(SLOWNESS_MILLIS);
        }
        if (!lost) {
          out.write(bytes, 0, length);
        }
        length = in.read(bytes);
      }
    } catch (IOException e) {
      // Cut.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(from);
      close(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
