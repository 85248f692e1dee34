package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A provider that answers whole requests briefly, and streams for ever. */
final class FloodingProvider {

  private static final String ANSWER =
      "{\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":"
          + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},"
          + "\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
  private static final String EVENT =
      "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\","
          + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
          + "x".repeat(4096)
          + "\"},\"finish_reason\":null}]}\n\n";

  private FloodingProvider() {}

  /** Its port. */
  static int start() throws IOException {
    ServerSocket server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(() -> accept(server), "flood");
    accepting.setDaemon(true);
    accepting.start();
    return server.getLocalPort();
  }

  private static void accept(ServerSocket server) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread serving = new Thread(() -> serve(socket));
        serving.setDaemon(true);
        serving.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        String head = head(in);
        String body = new String(in.readNBytes(length(head)), UTF_8);
        if (body.contains("\"stream\":true")) {
          flood(out);
        }
        String length = "Content-Length: " + ANSWER.length() + "\r\n\r\n";
        String type = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        out.write((type + length + ANSWER).getBytes(US_ASCII));
      }
    } catch (IOException left) {
      // The gateway has closed the connection.
    }
  }

  private static void flood(OutputStream out) throws IOException {
    out.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n".getBytes(US_ASCII));
    byte[] event = EVENT.getBytes(US_ASCII);
    while (true) {
      out.write(event);
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(java.util.Locale.ROOT);
  }

  private static int length(String head) {
    int at = head.indexOf("content-length: ");
    return at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
  }
}
