package dev.infermux.e2e;

import dev.infermux.e2e.kit.Wire;
import dev.infermux.e2e.kit.WireAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Callers that ask on and on: for whole answers, for streams, and for streams that they leave. */
final class SoakLoad {

  /** A model whose streams last. */
  static final String LONG_MODEL = "mock-tokens-400+pace-5ms";

  private static final int CALLS_A_CONNECTION = 50;
  private static final String CHAT =
      "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":500,"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello out there\"}]}";

  private final int port;
  private final long pauseNanos;
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong left = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * @param pauseMillis of a caller between two calls
   */
  SoakLoad(int port, long pauseMillis) {
    this.port = port;
    this.pauseNanos = pauseMillis * 1_000_000;
  }

  SoakLoad start() {
    stopped = false;
    for (int i = 0; i < 3; i++) {
      begin(() -> calls(false));
      begin(() -> calls(true));
    }
    begin(this::leaves);
    begin(this::leaves);
    return this;
  }

  private void begin(Runnable caller) {
    Thread thread = new Thread(caller, "soak-caller");
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** Returns when the last call has ended. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  private void calls(boolean stream) {
    String body = CHAT.formatted("m", stream);
    while (!stopped) {
      try (Wire wire = Wire.connect(port)) {
        for (int i = 0; i < CALLS_A_CONNECTION && !stopped; i++) {
          WireAnswer answer = wire.post("/v1/chat/completions", body, "Authorization: Bearer k");
          if (whole(answer, stream)) {
            served.incrementAndGet();
          } else {
            fail(answer.status() + " " + answer.body());
          }
          LockSupport.parkNanos(pauseNanos);
        }
      } catch (RuntimeException broken) {
        fail(broken.toString());
      }
    }
  }

  private static boolean whole(WireAnswer answer, boolean stream) {
    return answer.status() == 200
        && (stream ? answer.body().endsWith("data: [DONE]\n\n") : answer.body().endsWith("}"))
        && !answer.body().contains("\"error\"");
  }

  private void leaves() {
    String body = CHAT.formatted(LONG_MODEL, true);
    while (!stopped) {
      try (Wire wire = Wire.connect(port)) {
        wire.request("POST", "/v1/chat/completions", body, "Authorization: Bearer k");
        wire.readUntil("\n\n");
        wire.readUntil("\n\n");
        if (left.incrementAndGet() % 2 == 0) {
          wire.reset();
        }
      } catch (RuntimeException broken) {
        fail("before its caller left: " + broken);
      }
      LockSupport.parkNanos(pauseNanos);
    }
  }

  private void fail(String what) {
    if (failed.incrementAndGet() <= 20) {
      failures.add(what.length() > 300 ? what.substring(0, 300) : what);
    }
  }

  /** The first of those that should not have failed. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  long served() {
    return served.get();
  }

  long left() {
    return left.get();
  }
}
