package dev.infermux.cluster.trouble;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls from several callers at once, over connections of their own, to the nodes that are in turn
 * then. It tries nothing again: each call that does not end well is told.
 */
final class Balancer implements AutoCloseable {

  private static final int PLAIN = 3;
  private static final int STREAMS = 3;
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final long PAUSE_NANOS = 2_000_000;

  private final List<Serving> inTurn = new CopyOnWriteArrayList<>();
  private final Map<Serving, AtomicInteger> unanswered = new ConcurrentHashMap<>();
  private final List<Thread> callers = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  /** What answers calls. */
  @FunctionalInterface
  interface Serving {
    URI url(String path);
  }

  Balancer(List<? extends Serving> nodes) {
    nodes.forEach(this::add);
    for (int i = 0; i < PLAIN + STREAMS; i++) {
      boolean stream = i >= PLAIN;
      Thread caller = new Thread(() -> call(stream), "caller-" + i);
      callers.add(caller);
      caller.start();
    }
  }

  void add(Serving node) {
    unanswered.put(node, new AtomicInteger());
    inTurn.add(node);
  }

  void remove(Serving node) {
    inTurn.remove(node);
  }

  /** Calls that were sent there and have no status yet: streams go on beyond it. */
  int unanswered(Serving node) {
    return unanswered.get(node).get();
  }

  int answered() {
    return answered.get();
  }

  List<String> failures() {
    return failures;
  }

  /** Ends the load, and waits for what is under way. */
  @Override
  public void close() {
    ended = true;
    for (Thread caller : callers) {
      try {
        caller.join(TIMEOUT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void call(boolean stream) {
    while (!ended) {
      Serving node = picked();
      AtomicInteger sent = unanswered.get(node);
      try {
        call(node, stream, sent);
        answered.incrementAndGet();
        // What starts and ends meanwhile needs the processors too.
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (IOException e) {
        failures.add(e.toString());
      }
    }
  }

  /** Counted before it is looked at again: what is out of turn gets no call any more. */
  private Serving picked() {
    while (true) {
      List<Serving> all = List.copyOf(inTurn);
      Serving node = all.get(Math.floorMod(next.getAndIncrement(), all.size()));
      unanswered.get(node).incrementAndGet();
      if (inTurn.contains(node)) {
        return node;
      }
      unanswered.get(node).decrementAndGet();
    }
  }

  private static void call(Serving node, boolean stream, AtomicInteger sent) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) node.url("/v1/chat/completions").toURL().openConnection();
    int status;
    try {
      connection.setRequestMethod("POST");
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Connection", "close");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setRequestProperty("X-Infermux-Caller", Node.CALLER);
      connection.setDoOutput(true);
      connection.getOutputStream().write(body(stream));
      status = connection.getResponseCode();
    } finally {
      sent.decrementAndGet();
    }
    InputStream in = status == 200 ? connection.getInputStream() : connection.getErrorStream();
    String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    if (status != 200 || !text.contains(stream ? "[DONE]" : "Forty-two.")) {
      throw new IOException(status + " " + text);
    }
  }

  private static byte[] body(boolean stream) {
    return "{\"model\":\"%s\",\"stream\":%b,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
        .formatted(stream ? "slow" : "m", stream)
        .getBytes(StandardCharsets.UTF_8);
  }
}
