package dev.infermux.tokentrace.mist;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistType;
import dev.infermux.mist.TraceSpan;
import dev.infermux.mist.transport.MistSender;
import dev.infermux.tokentrace.export.BatchOutcome;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.record.EndedSpan;
import dev.infermux.tokentrace.record.FinishedSpan;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each span with an operation as a {@code trace.span} envelope, several under way at once.
 */
public final class EnvelopeTraces implements Sink<Envelope> {
  private final MistSender sender;
  private final String url;
  private final String source;
  private final int most;
  private final boolean attempts;

  /**
   * @param source the envelopes' sender
   * @param most how many the sender takes at once
   * @param attempts whether CLIENT spans are sent too
   */
  public EnvelopeTraces(MistSender sender, String url, String source, int most, boolean attempts) {
    this.attempts = attempts;
    this.sender = sender;
    this.url = url;
    this.source = source;
    this.most = most;
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
    return most;
  }

  @Override
  public boolean wants(EndedSpan span) {
    return Wanted.by(span.whole(), attempts);
  }

  @Override
  public Envelope prepare(EndedSpan ended) {
    FinishedSpan span = ended.whole();
    String operation = span.facts().operation();
    TraceSpan payload =
        new TraceSpan(
            span.traceId(),
            span.spanId(),
            span.toldParentId(),
            operation == null ? span.facts().name() : operation,
            span.startEpochNanos(),
            span.endEpochNanos(),
            span.facts().failed() ? TraceSpan.ERROR : TraceSpan.OK,
            FlatMap.of(span));
    return Envelope.of(source, MistType.TRACE_SPAN, payload);
  }

  @Override
  public Future<BatchOutcome<Envelope>> send(List<Envelope> batch) {
    List<Future<Void>> sent =
        batch.stream().map(envelope -> Future.fromCompletionStage(sender.send(envelope))).toList();
    return Future.join(sent).transform(all -> Future.succeededFuture(outcome(batch, sent)));
  }

  private static BatchOutcome<Envelope> outcome(List<Envelope> batch, List<Future<Void>> sent) {
    List<Envelope> again = new ArrayList<>();
    int rejected = 0;
    String problem = "";
    for (int i = 0; i < batch.size(); i++) {
      Throwable cause = sent.get(i).cause();
      if (cause == null) {
        continue;
      }
      problem = String.valueOf(cause.getMessage());
      if (cause instanceof MistException known && !known.code().retryable()) {
        rejected++;
      } else {
        again.add(batch.get(i));
      }
    }
    return new BatchOutcome<>(rejected, again, 0, problem);
  }

  @Override
  public Future<Void> close() {
    return Future.fromCompletionStage(sender.close());
  }
}
