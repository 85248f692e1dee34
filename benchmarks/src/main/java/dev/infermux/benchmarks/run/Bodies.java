package dev.infermux.benchmarks.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Chat requests of a given size: a system message and a user message with the escapes that real
 * prompts have.
 */
final class Bodies {
  private static final String TEXT =
      "Summarise the incident below for an on-call engineer.\\n"
          + "The checkout service returned 503s between 14:02 and 14:31 UTC; \\\"connection pool"
          + " exhausted\\\" is in the logs of three pods. ";

  private Bodies() {}

  static byte[] chat(int bytes, boolean stream) {
    String head =
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"system\",\"content\":\"Answer"
            + " briefly.\"},{\"role\":\"user\",\"content\":\"";
    String tail =
        "\"}],\"temperature\":0.2,\"max_tokens\":256"
            + (stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "")
            + "}";
    int room = Math.max(0, bytes - head.length() - tail.length());
    String text = TEXT.repeat(room / TEXT.length());
    return (head + text + "x".repeat(room - text.length()) + tail).getBytes(US_ASCII);
  }
}
