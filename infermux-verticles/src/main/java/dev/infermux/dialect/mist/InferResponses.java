package dev.infermux.dialect.mist;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.Answer;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.ServedBy;
import dev.infermux.mist.InferResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns a whole answer into MIST's InferResponse. */
public final class InferResponses {

  /** An answer may hold an image or a sound as one base64 string. */
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(100_000_000).build())
              .build());

  private InferResponses() {}

  /** What a whole answer is to a caller who asked in MIST. */
  public static InferResponse of(Answer answer) {
    ServedBy servedBy = answer.head().servedBy();
    CallTotals totals = answer.end().result().totals();
    return new InferResponse(
        servedBy.model(),
        servedBy.provider(),
        content(answer),
        totals.usage().promptTokens(),
        totals.usage().completionTokens(),
        totals.cost().amount().toDouble(),
        totals.latencyMillis(),
        totals.finishReason());
  }

  private static String content(Answer answer) {
    try {
      return StreamText.ofWhole(MAPPER.readTree(answer.bytes().getBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that its provider accepted must parse", e);
    }
  }
}
