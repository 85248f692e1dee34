package dev.infermux.benchmarks.mock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * The bytes of every answer, made once.
 *
 * <p>The content of a stream's event is {@code ~T} and the 19 digits of {@link System#nanoTime()}
 * at its writing. On Linux that clock is the same in all processes, so the reader can subtract: the
 * event's one-way delay.
 */
final class MockAnswers {
  private static final String CHUNK =
      """
      {"id":"chatcmpl-mock00000000000000000000000","object":"chat.completion.chunk","created":1760000000,\
      "model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp_mock","choices":[\
      """;
  private static final String NO_TIME = "0".repeat(19);
  private static final String WORDS = "The quick brown fox jumps over the lazy dog. ";

  private final ByteBuffer answer;
  private final ByteBuffer streamHead =
      bytes(
          """
          HTTP/1.1 200 OK\r
          content-type: text/event-stream; charset=utf-8\r
          cache-control: no-cache\r
          transfer-encoding: chunked\r
          x-request-id: req_mock0123456789\r
          \r
          """);
  private final ByteBuffer firstEvent = bytes(content("\"role\":\"assistant\","));
  private final ByteBuffer event = bytes(content(""));
  private final MockSettings settings;

  MockAnswers(MockSettings settings) {
    this.settings = settings;
    this.answer = bytes(response("application/json", completion(settings.answerBytes())));
  }

  MockSettings settings() {
    return settings;
  }

  /** A whole JSON answer. */
  ByteBuffer answer() {
    return answer.duplicate();
  }

  /** The head of a stream. */
  ByteBuffer streamHead() {
    return streamHead.duplicate();
  }

  /** One content event, stamped; valid until the next call. */
  ByteBuffer event(boolean first, long nanos) {
    ByteBuffer stamped = first ? firstEvent : event;
    int digit = stampEnd(stamped);
    for (long rest = nanos; digit > 0 && stamped.get(digit - 1) != 'T'; rest /= 10) {
      stamped.put(--digit, (byte) ('0' + rest % 10));
    }
    return stamped.duplicate();
  }

  /** What closes a stream: the finish event, the usage event if asked for, the terminator. */
  ByteBuffer streamEnd(boolean usage) {
    String finish =
        sse(CHUNK + "{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}");
    String counted = usage ? sse(CHUNK + "],\"usage\":" + usage(settings.events()) + "}") : "";
    return bytes(finish + counted + sse("[DONE]") + "0\r\n\r\n");
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  static String response(String type, String body) {
    return "HTTP/1.1 200 OK\r\ncontent-type: %s\r\nx-request-id: req_mock0123456789\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(type, body.length(), body);
  }

  private static String completion(int size) {
    String head =
        """
        {"id":"chatcmpl-mock00000000000000000000000","object":"chat.completion","created":1760000000,\
        "model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":\"\
        """;
    String tail =
        """
        ","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":%s,"system_fingerprint":"fp_mock"}\
        """
            .formatted(usage(48));
    int room = Math.max(10, size - head.length() - tail.length());
    return head + WORDS.repeat(room / WORDS.length() + 1).substring(0, room) + tail;
  }

  private static String usage(int completionTokens) {
    return """
    {"prompt_tokens":212,"completion_tokens":%d,"total_tokens":%d,\
    "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}\
    """
        .formatted(completionTokens, completionTokens + 212);
  }

  private static String content(String role) {
    return sse(
        CHUNK
            + "{\"index\":0,\"delta\":{"
            + role
            + "\"content\":\"~T"
            + NO_TIME
            + "\"},\"logprobs\":null,\"finish_reason\":null}]}");
  }

  /** One event as one chunk of the body. */
  private static String sse(String data) {
    String event = "data: " + data + "\n\n";
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }

  private static int stampEnd(ByteBuffer event) {
    for (int at = 0; at < event.limit() - 1; at++) {
      if (event.get(at) == '~' && event.get(at + 1) == 'T') {
        return at + 2 + NO_TIME.length();
      }
    }
    throw new IllegalStateException("event without a stamp");
  }
}
