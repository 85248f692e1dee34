package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Asks a gateway on one connection, again and again, whether it is well: it answers on an event
 * loop, so the longest wait is the longest time that one was busy with something else.
 */
final class Pulse {
  private static final int PAUSE_MILLIS = 1;
  private static final int LIMIT_MILLIS = 30_000;
  private static final int BUFFER_BYTES = 4096;
  private static final byte[] QUESTION =
      "GET /_infermux/health HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(US_ASCII);

  private final int port;
  private final Thread thread;
  private volatile boolean over;
  private volatile double longestMillis = Double.NaN;

  private Pulse(int port) {
    this.port = port;
    this.thread = new Thread(this::run, "pulse");
    thread.setDaemon(true);
  }

  /** Asks from now on; what is no gateway of ours gives no figure. */
  static Pulse of(Target target) {
    Pulse pulse = new Pulse(target.port());
    if (target.jvm() != null) {
      pulse.thread.start();
    }
    return pulse;
  }

  /** The longest wait so far, the one under way not among them. */
  double longestMillis() {
    return longestMillis;
  }

  /** Asks no more; returns when the last question is answered. */
  void stop() throws InterruptedException {
    over = true;
    thread.join(LIMIT_MILLIS);
  }

  private void run() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.setTcpNoDelay(true);
      double longest = 0;
      while (!over) {
        longest = Math.max(longest, askMillis(socket));
        longestMillis = longest;
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException gone) {
      // No figure is better than that of a gateway that has ended.
      longestMillis = Double.NaN;
    }
  }

  private static double askMillis(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    long asked = System.nanoTime();
    socket.getOutputStream().write(QUESTION);
    if (in.read(new byte[BUFFER_BYTES]) < 0) {
      throw new IOException("the gateway has closed the connection");
    }
    return (System.nanoTime() - asked) / 1e6;
  }
}
