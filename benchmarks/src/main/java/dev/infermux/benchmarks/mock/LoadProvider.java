package dev.infermux.benchmarks.mock;

import dev.infermux.benchmarks.net.LoopTimer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A mock of an OpenAI-compatible provider and an OTLP sink, on one port and one thread.
 *
 * <ul>
 *   <li>{@code POST /v1/chat/completions} (any other POST too): JSON, or a stream if the body says
 *       so
 *   <li>{@code GET /v1/models}: one model
 *   <li>{@code POST /v1/traces}: takes and counts spans
 *   <li>{@code GET /stats}: what it has seen
 *   <li>{@code POST /mock/settings?events=40&intervalMillis=10}: changes {@link MockSettings}
 *   <li>{@code POST /mock/hangup}: breaks all open streams
 * </ul>
 */
public final class LoadProvider implements AutoCloseable {
  private static final int BACKLOG = 8192;
  private static final String MODELS =
      "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o-mini\",\"object\":\"model\"}]}";

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final LoopTimer alarm = new LoopTimer(selector);
  private final ByteBuffer scratch = ByteBuffer.allocate(256 * 1024);
  private final PriorityQueue<MockConnection> streams =
      new PriorityQueue<>(Comparator.comparingLong(MockConnection::due));
  private final MockCounts counts = new MockCounts();
  private final ByteBuffer accepted =
      MockAnswers.bytes(MockAnswers.response("application/x-protobuf", ""));
  private MockAnswers answers = new MockAnswers(MockSettings.DEFAULT);

  /** Listens on a port of the loopback address; 0 = any. */
  public LoadProvider(int port) throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves on the port given (0: any), prints it, and ends when its standard input does. */
  public static void main(String[] args) throws IOException {
    var mock = new LoadProvider(args.length > 0 ? Integer.parseInt(args[0]) : 0);
    System.out.println(mock.port());
    var owner = new Thread(LoadProvider::endWithOwner, "owner");
    owner.setDaemon(true);
    owner.start();
    mock.serve();
  }

  private static void endWithOwner() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("standard input: " + e.getMessage());
    }
    Runtime.getRuntime().halt(0);
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  /** Serves until closed. */
  public void serve() throws IOException {
    try {
      while (selector.isOpen()) {
        turn();
      }
    } catch (ClosedSelectorException closed) {
      // Closed while it waited: the ordinary end.
    }
  }

  private void turn() throws IOException {
    selector.select(this::ready);
    long now = System.nanoTime();
    MockConnection next = streams.peek();
    while (next != null && next.due() <= now) {
      streams.poll();
      next.onDue(now);
      next = streams.peek();
    }
    if (next != null) {
      alarm.set(next.due());
    }
  }

  @Override
  public void close() throws IOException {
    alarm.close();
    server.close();
    selector.close();
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof MockConnection connection) {
      connection.ready(scratch);
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        key.attach(new MockConnection(this, channel, key));
        counts.connectionsOpened++;
      }
    } catch (IOException e) {
      System.err.println("accept: " + e.getMessage());
    }
  }

  MockCounts counts() {
    return counts;
  }

  MockAnswers answers() {
    return answers;
  }

  void schedule(MockConnection stream) {
    streams.add(stream);
  }

  ByteBuffer spans(byte[] body, int length) {
    counts.spanPosts++;
    counts.spans += SpanCounter.count(body, length);
    return accepted.duplicate();
  }

  ByteBuffer get(String startLine) {
    return reply(startLine.startsWith("GET /stats") ? counts.json() : MODELS);
  }

  ByteBuffer change(String startLine) {
    if (startLine.startsWith("POST /mock/hangup")) {
      selector.keys().stream()
          .map(SelectionKey::attachment)
          .filter(it -> it instanceof MockConnection connection && connection.streaming())
          .forEach(it -> ((MockConnection) it).close());
    } else {
      answers = new MockAnswers(answers.settings().with(query(startLine.split(" ", 3)[1])));
    }
    return reply(counts.json());
  }

  private static ByteBuffer reply(String json) {
    return MockAnswers.bytes(MockAnswers.response("application/json", json));
  }

  private static Map<String, String> query(String target) {
    Map<String, String> values = new HashMap<>();
    for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return values;
  }
}
