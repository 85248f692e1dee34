package dev.infermux.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on a socket of 127.0.0.1 that leads to one port, whatever host it is asked for: in a
 * tunnel ({@code CONNECT}), or by passing on requests with absolute URLs.
 */
public final class ConnectProxy implements AutoCloseable {

  private final NetServer server;
  private final NetClient client;
  private final int target;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable String credentials;
  private volatile @Nullable String refusal;

  private ConnectProxy(Vertx vertx, int target) {
    this.target = target;
    this.client = vertx.createNetClient();
    this.server =
        vertx.createNetServer().connectHandler(this::begin).listen(0, "127.0.0.1").await();
  }

  /** Starts one that leads to this port of 127.0.0.1; must not be called on an event loop. */
  public static ConnectProxy to(Vertx vertx, int port) {
    return new ConnectProxy(vertx, port);
  }

  /** Refuses whoever does not come with these credentials. */
  public ConnectProxy asking(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    credentials = "Basic " + Base64.getEncoder().encodeToString(pair);
    return this;
  }

  /** Refuses everyone with this status line. */
  public ConnectProxy refusing(String status) {
    refusal = status;
    return this;
  }

  /** {@code 127.0.0.1:<port>}. */
  public String address() {
    return "127.0.0.1:" + server.actualPort();
  }

  /** The request lines so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void begin(NetSocket caller) {
    Buffer head = Buffer.buffer();
    caller.handler(
        bytes -> {
          head.appendBuffer(bytes);
          String text = head.toString(StandardCharsets.ISO_8859_1);
          if (text.contains("\r\n\r\n")) {
            caller.pause();
            proceed(caller, text);
          }
        });
  }

  private void proceed(NetSocket caller, String head) {
    String line = head.substring(0, head.indexOf("\r\n"));
    requests.add(line);
    String expected = credentials;
    boolean admitted =
        expected == null
            || head.toLowerCase(Locale.ROOT).contains("proxy-authorization: basic")
                && head.contains(expected);
    String status = admitted ? refusal : "407 Proxy Authentication Required";
    if (status != null) {
      caller.end(Buffer.buffer("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
      return;
    }
    client
        .connect(target, "127.0.0.1")
        .onFailure(gone -> caller.end(Buffer.buffer("HTTP/1.1 502 Bad Gateway\r\n\r\n")))
        .onSuccess(upstream -> join(caller, upstream, line, head));
  }

  private static void join(NetSocket caller, NetSocket upstream, String line, String head) {
    if (line.startsWith("CONNECT ")) {
      caller.write("HTTP/1.1 200 Connection established\r\n\r\n");
    } else {
      upstream.write(head.replaceFirst(" http://[^/ ]+", " "));
    }
    caller.handler(upstream::write).endHandler(end -> upstream.end()).resume();
    upstream.handler(caller::write).endHandler(end -> caller.end());
  }

  @Override
  public void close() {
    server.close().await();
    client.close().await();
  }
}
