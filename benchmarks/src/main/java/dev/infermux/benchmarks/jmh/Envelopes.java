package dev.infermux.benchmarks.jmh;

import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferRequest;
import java.util.List;
import java.util.Map;

/** Messages of the sizes that are measured. */
final class Envelopes {
  private static final String TEXT =
      "The checkout service returned 503s; \"connection pool exhausted\" is in the logs.\n";

  private Envelopes() {}

  static Envelope inferRequest(String model, int promptKb) {
    var request =
        new InferRequest(
            model,
            "",
            List.of(
                ChatMessage.of("system", "Answer briefly."),
                ChatMessage.of("user", TEXT.repeat(promptKb * 1024 / TEXT.length()))),
            Map.of("temperature", 0.2, "max_tokens", 256L),
            Map.of("caller", "bench", "project", "search"));
    return Envelope.of("infermux", "infer.request", request);
  }
}
