package dev.infermux.dialect.mist;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.StreamTranslation;
import dev.infermux.dialect.openai.StreamText;
import dev.infermux.inference.CallTotals;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ServedBy;
import dev.infermux.mist.InferChunk;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Shows a stream as MIST {@code infer.chunk} payloads, the totals on the last one. */
public final class InferChunks implements StreamTranslation {

  private static final String DATA = "data:";
  private static final String UNFINISHED = "an answer without a reason to end";

  private final String requestId;
  private final ServedBy servedBy;
  private long seq;

  public InferChunks(String requestId, ServedBy servedBy) {
    this.requestId = requestId;
    this.servedBy = servedBy;
  }

  @Override
  public Buffer events(Buffer events) {
    Buffer out = Buffer.buffer();
    deltas(events).forEach(delta -> append(out, InferChunk.piece(requestId, seq++, delta)));
    return out;
  }

  /** The pieces of text in a stream's events; none is empty. */
  public static List<String> deltas(Buffer events) {
    return events
        .toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith(DATA))
        .map(line -> delta(line.substring(DATA.length()).strip()))
        .filter(delta -> !delta.isEmpty())
        .toList();
  }

  @Override
  public Buffer closing(CallTotals totals) {
    Buffer out = Buffer.buffer();
    append(out, new InferChunk(requestId, seq++, "", end(servedBy, totals)));
    return out.appendString(StreamText.event(StreamText.DONE));
  }

  /**
   * What the last piece of a stream says.
   *
   * @throws InferenceException where no reason to end was given, which is not invented
   */
  public static InferChunk.End end(ServedBy servedBy, CallTotals totals) {
    if (totals.finishReason().isEmpty()) {
      String found = new ProviderFailures(servedBy.provider()).named(UNFINISHED);
      throw new InferenceException(new UpstreamError(FailureClass.MALFORMED, 200, found, null));
    }
    return new InferChunk.End(
        servedBy.model(),
        servedBy.provider(),
        totals.usage().promptTokens(),
        totals.usage().completionTokens(),
        totals.cost().amount().toDouble(),
        totals.latencyMillis(),
        totals.finishReason());
  }

  private static String delta(String data) {
    return data.equals(StreamText.DONE) ? "" : StreamText.of(data.getBytes(UTF_8));
  }

  private static void append(Buffer out, InferChunk chunk) {
    out.appendString("data: ").appendBytes(chunk.json()).appendString("\n\n");
  }
}
