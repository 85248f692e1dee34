package dev.infermux.cli;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a gateway in training is asked. */
final class CdsTrainingCalls {

  private static final String KEY = "Authorization: Bearer training";
  private static final int CONNECTIONS = 16;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PLAIN_CALLS_A_STREAM = 4;
  private static final String LONG =
      "How much of what a router does for a call can a JVM know before the first one? ".repeat(12);
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]";
  private static final String CHAT = "{\"model\":\"%s\"," + MESSAGES + ",\"stream\":%s}";
  private static final String CLAUDE =
      "{\"model\":\"%s\",\"max_tokens\":100," + MESSAGES + ",\"stream\":%s}";
  private static final String TEXT = "{\"model\":\"%s\",\"input\":\"%s\",\"stream\":%s}";
  private static final String EMBED = "{\"model\":\"gpt-4o-mini\",\"input\":\"Hello\"}";

  /** Of each dialect, one below another name, and one that nobody serves. */
  private static final List<String> MODELS =
      List.of("gpt-4o-mini", "fast", "claude-sonnet-4-5", "llama3.2", "echo-v1", "nobodys");

  /** The first provider fails, and the second one is asked. */
  private static final String FAILED_OVER = "mock-status-503";

  private static final List<String> SHOWN =
      List.of(
          "GET /_infermux/health",
          "GET /_infermux/ready",
          "GET /_infermux/status",
          "GET /_infermux/metrics",
          "GET /_infermux/",
          "GET /v1/models",
          "POST /_infermux/reload",
          "GET /nowhere");

  private final URI gateway;

  CdsTrainingCalls(URI gateway) {
    this.gateway = gateway;
  }

  /** One of every kind, and what operators look at. */
  void each() throws IOException {
    for (String shown : SHOWN) {
      send(List.of(CdsTrainingMessages.request(shown, "", KEY)));
    }
    send(List.of(CdsTrainingMessages.request("POST /v1/chat/completions", "{}")));
    for (String model : MODELS) {
      send(ofModel(model, false));
      send(ofModel(model, true));
      leave(CHAT.formatted(model, LONG, true));
    }
    send(
        List.of(
            post("/v1/chat/completions", CHAT.formatted(FAILED_OVER, LONG, false)),
            post("/v1/chat/completions", "{\"model\":"),
            post("/v1/embeddings", EMBED)));
  }

  /** What most gateways get, on some connections at a time. */
  void load(Duration duration) {
    if (duration.isZero()) {
      return;
    }
    byte[] plain = post("/v1/chat/completions", CHAT.formatted("gpt-4o-mini", LONG, false));
    byte[] stream = post("/v1/chat/completions", CHAT.formatted("gpt-4o-mini", LONG, true));
    long end = System.nanoTime() + duration.toNanos();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread caller = new Thread(() -> call(plain, stream, end), "infermux-training-caller");
      caller.setDaemon(true);
      caller.start();
      callers.add(caller);
    }
    callers.forEach(CdsTrainingCalls::join);
  }

  private void call(byte[] plain, byte[] stream, long end) {
    try (Socket socket = connect();
        CdsTrainingMessages answers = new CdsTrainingMessages(socket.getInputStream())) {
      for (int i = 1; System.nanoTime() - end < 0; i++) {
        socket.getOutputStream().write(i % (PLAIN_CALLS_A_STREAM + 1) == 0 ? stream : plain);
        if (!answers.next()) {
          return;
        }
      }
    } catch (IOException e) {
      System.err.println("infermux: a caller of the training left early: " + e);
    }
  }

  private static List<byte[]> ofModel(String model, boolean streamed) {
    return List.of(
        post("/v1/chat/completions", CHAT.formatted(model, "Hello", streamed)),
        post("/infer", CHAT.formatted(model, "Hello", streamed)),
        post("/v1/messages", CLAUDE.formatted(model, "Hello", streamed)),
        post("/v1/responses", TEXT.formatted(model, "Hello", streamed)),
        post("/api/chat", CHAT.formatted(model, "Hello", streamed)));
  }

  private static byte[] post(String path, String body) {
    return CdsTrainingMessages.request("POST " + path, body, KEY);
  }

  private void send(List<byte[]> requests) throws IOException {
    for (byte[] request : requests) {
      try (Socket socket = connect();
          CdsTrainingMessages answers = new CdsTrainingMessages(socket.getInputStream())) {
        socket.getOutputStream().write(request);
        answers.next();
      }
    }
  }

  /** A caller that goes away when the answer begins. */
  private void leave(String body) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(post("/v1/chat/completions", body));
      socket.getInputStream().read();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(gateway.getHost(), gateway.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void join(Thread caller) {
    try {
      caller.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
