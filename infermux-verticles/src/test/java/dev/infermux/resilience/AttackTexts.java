package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;

/** What attackers send. */
final class AttackTexts {

  static final String KEY = "the-key-of-attackers";

  static final List<String> PATHS =
      List.of(
          "/v1/chat/completions",
          "/v1/completions",
          "/v1/embeddings",
          "/v1/messages",
          "/v1/responses",
          "/infer",
          "/mist",
          "/api/chat",
          "/api/generate");

  static final String HALF_A_HEAD = "POST /v1/chat/completions HTTP/1.1\r\nHost: t\r\nX-A";

  static final String EVENTS = "GET /_infermux/events HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static final int LONG = 1 << 20;

  private AttackTexts() {}

  /** The beginning of a handshake of TLS. */
  static byte[] hello() {
    return new byte[] {22, 3, 1, 1, 0, 1, 0, 0};
  }

  /** A request for all APIs at once: each reads the fields that it has. */
  static String chat(String fields) {
    return "{"
        + fields
        + "\"model\":\"gpt-4o\",\"max_tokens\":16,\"input\":\"Hi\",\"prompt\":\"Hi\","
        + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  }

  static String number() {
    String digits = "1".repeat(400_000);
    return "\"n\":" + digits + ",\"max_completion_tokens\":" + digits + ",\"seed\":" + digits + ",";
  }

  static String tree() {
    return "\"metadata\":"
        + "[".repeat(LONG / 4)
        + "]".repeat(LONG / 4)
        + ",\"tools\":["
        + "[],{},".repeat(LONG / 8)
        + "[]],";
  }

  static String lexeme() {
    return "\"user\":\"" + "\\u0041".repeat(LONG / 6) + "\",\"" + "k".repeat(LONG) + "\":1,";
  }

  static byte[] head(String path, String headers) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nAuthorization: Bearer "
            + KEY
            + "\r\n"
            + headers
            + "\r\n")
        .getBytes(ISO_8859_1);
  }

  static String request(String path, String body, String headers) {
    String length = "Content-Length: " + body.length() + "\r\n";
    return new String(head(path, headers + length), ISO_8859_1) + body;
  }

  /** With a key of his own choice. */
  static String withKey(String path, String body, String authorization) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: t\r\n"
        + authorization
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
