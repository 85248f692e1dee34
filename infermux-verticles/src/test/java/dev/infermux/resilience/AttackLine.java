package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One connection of an attacker to this machine, which he may leave at any byte. */
final class AttackLine implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;
  private static final SSLContext TLS = trusting();

  private final Socket plain;
  private final Socket socket;

  private AttackLine(Socket plain, Socket socket) {
    this.plain = plain;
    this.socket = socket;
  }

  static AttackLine plain(int port) throws IOException {
    Socket socket = connected(port, 0);
    return new AttackLine(socket, socket);
  }

  static AttackLine tls(int port) throws IOException {
    return tls(port, 0);
  }

  /**
   * @param window how much may come that is not read; 0 = as the system has it
   */
  static AttackLine tls(int port, int window) throws IOException {
    Socket socket = connected(port, window);
    return new AttackLine(
        socket, TLS.getSocketFactory().createSocket(socket, "127.0.0.1", port, true));
  }

  private static Socket connected(int port, int window) throws IOException {
    Socket socket = new Socket();
    if (window > 0) {
      socket.setReceiveBufferSize(window);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
    return socket;
  }

  AttackLine send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  AttackLine send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** The status of the next answer; 0 where the connection ends without one. */
  int status() throws IOException {
    byte[] line = socket.getInputStream().readNBytes(12);
    return line.length < 12 ? 0 : Integer.parseInt(new String(line, 9, 3, ISO_8859_1));
  }

  /** Leaves without a goodbye. */
  void reset() throws IOException {
    plain.setSoLinger(true, 0);
    plain.close();
  }

  @Override
  public void close() {
    try {
      plain.close();
    } catch (IOException gone) {
      // It was about to be closed.
    }
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An attacker does not ask whom he attacks. */
  private static final class TrustsAll implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
