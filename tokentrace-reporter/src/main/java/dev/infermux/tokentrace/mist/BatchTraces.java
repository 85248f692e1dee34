package dev.infermux.tokentrace.mist;

import dev.infermux.mist.json.JsonFields;
import dev.infermux.mist.json.JsonProblem;
import dev.infermux.mist.transport.MistSignature;
import dev.infermux.tokentrace.export.BatchOutcome;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.http.HttpPoster;
import dev.infermux.tokentrace.http.Reply;
import dev.infermux.tokentrace.record.EndedSpan;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans with an operation in arrays, as TokenTrace's documented {@code /spans} takes them.
 */
public final class BatchTraces implements Sink<byte[]> {
  private static final int MOST = 1000;

  private final HttpPoster poster;
  private final String url;
  private final @Nullable MistSignature signature;
  private final boolean attempts;

  /**
   * @param signature signs each body; null = unsigned
   * @param attempts whether CLIENT spans are sent too
   */
  public BatchTraces(
      HttpPoster poster, String url, @Nullable MistSignature signature, boolean attempts) {
    this.attempts = attempts;
    this.poster = poster;
    this.url = url;
    this.signature = signature;
  }

  @Override
  public String name() {
    return "tokentrace";
  }

  @Override
  public String target() {
    return "TokenTrace " + url;
  }

  @Override
  public int most() {
    return MOST;
  }

  @Override
  public boolean wants(EndedSpan span) {
    return Wanted.by(span.whole(), attempts);
  }

  @Override
  public byte[] prepare(EndedSpan span) {
    return SpanJson.of(span.whole());
  }

  @Override
  public Future<BatchOutcome<byte[]>> send(List<byte[]> batch) {
    byte[] body = array(batch).getBytes();
    Map<String, String> headers =
        signature == null
            ? Map.of("content-type", "application/json")
            : Map.of(
                "content-type", "application/json", MistSignature.HEADER, signature.sign(body));
    return poster.post(Buffer.buffer(body), headers).map(reply -> outcome(reply, batch));
  }

  private static Buffer array(List<byte[]> batch) {
    Buffer body = Buffer.buffer();
    String separator = "[";
    for (byte[] span : batch) {
      body.appendString(separator).appendBytes(span);
      separator = ",";
    }
    return body.appendString("]");
  }

  private static BatchOutcome<byte[]> outcome(Reply reply, List<byte[]> batch) {
    if (reply.status() / 100 == 2) {
      int left = batch.size() - accepted(reply, batch.size());
      return BatchOutcome.refused(left, left == 0 ? "" : reply.described());
    }
    return reply.retryable() || reply.status() == 500
        ? BatchOutcome.later(batch, reply.pauseMillis(), reply.described())
        : BatchOutcome.refused(batch.size(), reply.described());
  }

  private static int accepted(Reply reply, int sent) {
    try {
      JsonFields answer = JsonFields.parse(reply.body().getBytes(), "answer");
      return (int) Math.max(0, Math.min(sent, answer.integer("accepted")));
    } catch (JsonProblem e) {
      return sent; // it said 2xx and did not count
    }
  }

  @Override
  public Future<Void> close() {
    return poster.close();
  }
}
