package dev.infermux.tokentrace.otlp;

import dev.infermux.tokentrace.export.BatchOutcome;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.record.EncodedSpan;
import dev.infermux.tokentrace.record.EndedSpan;
import dev.infermux.tokentrace.record.SpanBatch;
import dev.infermux.tokentrace.record.SpanEncoder;
import dev.infermux.tokentrace.record.SpanSource;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans, which come encoded, by the sender of OpenTelemetry's OTLP exporter; unsampled ones
 * it leaves alone.
 */
public final class OtlpTraces implements Sink<EncodedSpan> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.tokentrace");

  /** As many exports as OpenTelemetry's senders have under way to one host at once. */
  private static final int AT_ONCE = 5;

  private final OtlpTarget target;
  private final int batch;
  private final OtlpSpanSender sender = new OtlpSpanSender();
  private final SpanEncoder encoder = new SpanEncoder();
  private final SpanBatch around;

  // OpenTelemetry's own pool has no thread to spare, so that it rejects what follows too closely.
  private final ExecutorService threads = Executors.newCachedThreadPool(OtlpTraces::thread);

  private final SpanExporter exporter;

  /**
   * @param source of all spans
   * @param batch most spans in one export
   */
  public OtlpTraces(OtlpTarget target, SpanSource source, int batch) {
    this.target = target;
    this.around = SpanBatch.of(source);
    this.batch = batch;
    this.exporter = Exporters.spans(target, sender, threads);
    String obstacle = target.route().obstacle(target.grpc());
    if (!obstacle.isEmpty()) {
      LOG.warn("OTLP collector {}: {}", target.endpoint(), obstacle);
    }
  }

  private static Thread thread(Runnable sends) {
    Thread thread = new Thread(sends, "span-sender");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public String target() {
    return "OTLP collector " + target.endpoint();
  }

  @Override
  public int most() {
    return batch;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  @Override
  public boolean readsFacts() {
    return false;
  }

  @Override
  public boolean wants(EndedSpan span) {
    return span.sampled();
  }

  @Override
  public EncodedSpan prepare(EndedSpan span) {
    return span.encoded(encoder);
  }

  @Override
  public void taken(List<EncodedSpan> batch) {
    batch.forEach(EncodedSpan::giveBack);
  }

  @Override
  public Future<BatchOutcome<EncodedSpan>> send(List<EncodedSpan> spans) {
    List<Future<BatchOutcome<EncodedSpan>>> exports = new ArrayList<>();
    for (int from = 0; from < spans.size(); from += batch) {
      exports.add(export(spans.subList(from, Math.min(from + batch, spans.size()))));
    }
    return Future.join(exports).map(all -> BatchOutcome.sum(all.list()));
  }

  private Future<BatchOutcome<EncodedSpan>> export(List<EncodedSpan> spans) {
    byte[] head = around.head(SpanMessage.length(spans));
    return sender.send(new SpanMessage(head, spans)).map(answer -> outcome(answer, spans));
  }

  private static BatchOutcome<EncodedSpan> outcome(OtlpResponse answer, List<EncodedSpan> spans) {
    return switch (answer.verdict()) {
      case TAKEN ->
          BatchOutcome.refused(Math.min(answer.rejected(), spans.size()), answer.problem());
      case LATER -> BatchOutcome.later(spans, 0, answer.problem());
      case REFUSED -> BatchOutcome.refused(spans.size(), answer.problem());
    };
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    exporter.shutdown().whenComplete(closed::complete);
    threads.shutdown();
    return closed.future();
  }
}
