package dev.infermux.resilience;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What is done to a gateway, once; a thread of {@link Attackers} does it again and again. */
enum Attack {
  HALF_SENT_UPLOADS(target -> held(13, () -> AttackLine.tls(target.api()).send(upload()))),
  SLOW_HEADS(
      target -> held(20, () -> AttackLine.tls(target.api()).send(slowly(AttackTexts.HALF_A_HEAD)))),
  DRIPPING_BODIES(Attack::drip),
  UNREAD_ANSWERS(Attack::unread),
  IDLE_CONNECTIONS(target -> held(60, () -> AttackLine.tls(target.api()))),
  HUGE_NUMBERS(target -> everywhere(target, AttackTexts.number())),
  DEEP_TREES(target -> everywhere(target, AttackTexts.tree())),
  LONG_LEXEMES(target -> everywhere(target, AttackTexts.lexeme())),
  BAD_KEYS(Attack::badKeys),
  PIPELINED_HANG_UPS(Attack::hangUps),
  ENDLESS_HANDSHAKES(
      target -> held(60, () -> AttackLine.plain(target.api()).send(AttackTexts.hello()))),
  CROSS_SITE_POSTS(target -> refused(target, "Origin: https://evil.example\r\n")),
  BAD_HOSTS(Attack::badHosts),
  UNREAD_EVENTS(
      target -> held(5, () -> AttackLine.plain(target.management()).send(AttackTexts.EVENTS))),
  HALF_GRPC(target -> held(20, () -> AttackLine.plain(target.grpc()).send(AttackTexts.hello())));

  private static final Random RANDOM = new Random(13);
  private static final long HOLD_MILLIS = 1_000;
  private static final int SMALL_WINDOW = 16 << 10;

  private final Strike strike;

  Attack(Strike strike) {
    this.strike = strike;
  }

  /** Whom it is done to. */
  record Target(int api, int management, int grpc) {}

  /** Does it once; an exception is how the gateway has ended it. */
  @FunctionalInterface
  interface Strike {
    void at(Target target) throws IOException, InterruptedException;
  }

  /** Opens a connection and leaves it in some state. */
  @FunctionalInterface
  private interface Opening {
    AttackLine open() throws IOException, InterruptedException;
  }

  void once(Target target) throws IOException, InterruptedException {
    strike.at(target);
  }

  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void held(int lines, Opening opening) throws IOException, InterruptedException {
    List<AttackLine> open = new ArrayList<>();
    try {
      for (int i = 0; i < lines; i++) {
        open.add(opening.open());
      }
      Thread.sleep(HOLD_MILLIS);
    } finally {
      open.forEach(AttackLine::close);
    }
  }

  private static byte[] upload() {
    byte[] head = AttackTexts.head("/v1/chat/completions", "Content-Length: 32505856\r\n");
    byte[] sent = new byte[head.length + (9 << 18)];
    System.arraycopy(head, 0, sent, 0, head.length);
    return sent;
  }

  private static String slowly(String text) throws InterruptedException {
    Thread.sleep(10);
    return text;
  }

  private static void drip(Target target) throws IOException, InterruptedException {
    byte[] head = AttackTexts.head("/v1/messages", "Content-Length: 100000\r\n");
    try (AttackLine line = AttackLine.tls(target.api()).send(head)) {
      for (int i = 0; i < 40; i++) {
        line.send("{");
        Thread.sleep(50);
      }
    }
  }

  private static void unread(Target target) throws IOException, InterruptedException {
    List<AttackLine> open = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        String body = AttackTexts.chat("\"stream\":true,");
        open.add(AttackLine.tls(target.api(), SMALL_WINDOW));
        open.get(i).send(AttackTexts.request("/v1/chat/completions", body, ""));
      }
      Thread.sleep(HOLD_MILLIS);
      for (AttackLine line : open) {
        line.reset();
      }
    } finally {
      open.forEach(AttackLine::close);
    }
  }

  /** The same text at each of the APIs that take one. */
  private static void everywhere(Target target, String fields)
      throws IOException, InterruptedException {
    for (String path : AttackTexts.PATHS) {
      try (AttackLine line = AttackLine.tls(target.api())) {
        line.send(AttackTexts.request(path, AttackTexts.chat(fields), ""));
        line.status();
      } catch (IOException closed) {
        // Some are refused before they are sent.
      }
      Thread.sleep(50);
    }
  }

  private static void badKeys(Target target) throws IOException, InterruptedException {
    for (int i = 0; i < 20; i++) {
      String key = "Authorization: Bearer " + Long.toHexString(RANDOM.nextLong()) + "\r\n";
      try (AttackLine line = AttackLine.tls(target.api())) {
        line.send(AttackTexts.withKey("/v1/chat/completions", AttackTexts.chat(""), key));
        expect(401, line.status());
      }
    }
  }

  private static void hangUps(Target target) throws IOException, InterruptedException {
    String body = AttackTexts.chat("\"stream\":true,");
    for (int i = 0; i < 5; i++) {
      AttackLine line = AttackLine.tls(target.api());
      for (int more = 0; more <= i; more++) {
        line.send(AttackTexts.request("/v1/chat/completions", body, ""));
      }
      Thread.sleep(20);
      line.reset();
    }
  }

  private static void refused(Target target, String header) throws IOException {
    for (String path : AttackTexts.PATHS) {
      try (AttackLine line = AttackLine.tls(target.api())) {
        line.send(AttackTexts.request(path, AttackTexts.chat(""), header));
        expect(403, line.status());
      }
    }
    try (AttackLine line = AttackLine.plain(target.management())) {
      String post = "POST /_infermux/providers/upstream/circuit/open HTTP/1.1\r\n";
      line.send(post + "Host: localhost\r\n" + header + "\r\n");
      expect(403, line.status());
    }
  }

  private static void badHosts(Target target) throws IOException {
    for (String hosts : List.of("", "Host: a\r\nHost: b\r\n", "Host: a b/c\r\n")) {
      try (AttackLine line = AttackLine.tls(target.api())) {
        line.send("GET /v1/models HTTP/1.1\r\n" + hosts + "\r\n");
        expect(400, line.status());
      }
    }
    try (AttackLine line = AttackLine.plain(target.management())) {
      line.send("GET /_infermux/requests HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
      expect(403, line.status());
    }
  }

  private static void expect(int status, int found) {
    if (found != status && found != 503) {
      throw new IllegalStateException("status " + found + " (expected: " + status + ")");
    }
  }
}
