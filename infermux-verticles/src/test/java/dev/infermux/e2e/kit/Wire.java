package dev.infermux.e2e.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A caller's HTTP/1.1 connection with nothing between the test and the bytes. */
public final class Wire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 15_000;

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to 127.0.0.1. */
  public static Wire connect(int port) {
    return connect(port, 0);
  }

  /**
   * Connects with a small window, so that what is not read stays with the sender.
   *
   * @param receiveBuffer in bytes; 0 = the system's default
   */
  public static Wire connect(int port, int receiveBuffer) {
    try {
      Socket socket = new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      return new Wire(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public WireAnswer get(String path, String... headers) {
    return request("GET", path, "", headers).read();
  }

  public WireAnswer post(String path, String body, String... headers) {
    return request("POST", path, body, headers).read();
  }

  /** Sends a well-formed request; a body gets its length and says that it is JSON. */
  public Wire request(String method, String path, String body, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(UTF_8);
    if (bytes.length > 0) {
      head.append("Content-Type: application/json\r\n");
      head.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    return send(head + "\r\n").send(bytes);
  }

  /** Sends these characters, one byte each. */
  public Wire send(String text) {
    return send(text.getBytes(ISO_8859_1));
  }

  public Wire send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one whole answer. */
  public WireAnswer read() {
    try {
      return WireAnswer.read(in, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one whole answer, so many bytes at a time and then nothing for a while. */
  public WireAnswer readSlowly(int bytes, Duration pause) {
    InputStream slow =
        new FilterInputStream(in) {
          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            LockSupport.parkNanos(pause.toNanos());
            return super.read(into, from, Math.min(bytes, most));
          }
        };
    try {
      return WireAnswer.read(slow, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one answer that has no body whatever its headers say: to HEAD, or a 1xx. */
  public WireAnswer readHead() {
    try {
      return WireAnswer.read(in, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until this text has come; what follows it in the same packet stays unread. */
  public String readUntil(String text) {
    byte[] wanted = text.getBytes(UTF_8);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      while (true) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("closed before \"" + text + "\": " + read.toString(UTF_8));
        }
        read.write(next);
        if (next == wanted[wanted.length - 1] && read.toString(UTF_8).endsWith(text)) {
          return read.toString(UTF_8);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads until this text has come, however long that takes; counts another one on the way. */
  public long countUntil(String counted, String end) {
    StringBuilder tail = new StringBuilder();
    long count = 0;
    try {
      while (!tail.toString().endsWith(end)) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException("closed before \"" + end + "\"");
        }
        tail.append((char) next);
        if (tail.length() > Math.max(counted.length(), end.length())) {
          tail.deleteCharAt(0);
        }
        if (tail.toString().endsWith(counted)) {
          count++;
        }
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the server has closed its side, all before it being read. */
  public boolean ended() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** All that comes until the connection ends, however it does. */
  public String rest() {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.write(next);
      }
    } catch (IOException reset) {
      // What came before counts.
    }
    return read.toString(UTF_8);
  }

  /** Whether there is anything to be read. */
  public boolean answered() {
    try {
      return in.available() > 0;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Whether the server closes its side in time, whatever it says before. */
  public boolean closedWithin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      while (System.nanoTime() < end) {
        if (in.read() < 0) {
          return true;
        }
      }
      return false;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Leaves without a goodbye (RST). */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
