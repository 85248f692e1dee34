package dev.infermux.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Takes whatever is posted and forgets it, on any free port of the loopback address. */
final class CdsTrainingCollector implements AutoCloseable {

  private static final int BACKLOG = 16;
  private static final byte[] TAKEN =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket;

  private CdsTrainingCollector(ServerSocket socket) {
    this.socket = socket;
  }

  static CdsTrainingCollector start() throws IOException {
    CdsTrainingCollector collector =
        new CdsTrainingCollector(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
    daemon(collector::accept);
    return collector;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        daemon(() -> serve(connection));
      }
    } catch (IOException closed) {
      // The training is over.
    }
  }

  private static void serve(Socket connection) {
    try (connection;
        CdsTrainingMessages requests = new CdsTrainingMessages(connection.getInputStream())) {
      while (requests.next()) {
        connection.getOutputStream().write(TAKEN);
      }
    } catch (IOException gone) {
      // So is the exporter.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "infermux-training-collector");
    thread.setDaemon(true);
    thread.start();
  }
}
