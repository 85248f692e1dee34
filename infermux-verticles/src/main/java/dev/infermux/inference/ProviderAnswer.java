package dev.infermux.inference;

import dev.infermux.mist.Payload;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What one attempt brought back, in OpenAI's dialect. It crosses the bus by reference. */
public sealed interface ProviderAnswer extends Payload {

  /** The model the provider says it used; empty when it did not say (yet). */
  String model();

  /**
   * A whole JSON answer; its bytes are the provider's own wherever nothing had to change.
   *
   * @param usage what the provider reported, or null
   * @param contentChars characters of content, for an estimate where usage is null
   */
  record Whole(
      Buffer body,
      String model,
      @Nullable Usage usage,
      @Nullable String finishReason,
      long contentChars)
      implements ProviderAnswer {

    @Override
    public byte[] json() {
      return body.getBytes();
    }
  }

  /** A stream whose first event has arrived. It stays in this process: its JSON is only a note. */
  record Streamed(String model, AnswerStream stream) implements ProviderAnswer {

    @Override
    public byte[] json() {
      return "{\"stream\":true}".getBytes(StandardCharsets.US_ASCII);
    }
  }
}
