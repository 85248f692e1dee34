package dev.infermux.tokentrace.otlp;

import dev.infermux.tokentrace.export.BatchOutcome;
import dev.infermux.tokentrace.export.Sink;
import dev.infermux.tokentrace.record.FinishedSpan;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends spans through OpenTelemetry's OTLP exporter; unsampled ones it leaves alone. */
public final class OtlpTraces implements Sink<SpanData> {
  private static final Logger LOG = LoggerFactory.getLogger("dev.infermux.tokentrace");

  /** As many exports as OpenTelemetry's senders have under way to one host at once. */
  private static final int AT_ONCE = 5;

  private final OtlpTarget target;
  private final int batch;
  private final OtlpResponses answers = new OtlpResponses();

  // OpenTelemetry's own pool has no thread to spare, so that it rejects what follows too closely.
  private final ExecutorService threads = Executors.newCachedThreadPool(OtlpTraces::thread);

  private final SpanExporter exporter;

  /**
   * @param batch most spans in one export
   */
  public OtlpTraces(OtlpTarget target, int batch) {
    this.target = target;
    this.batch = batch;
    this.exporter = Exporters.spans(target, answers, threads);
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
  public boolean wants(FinishedSpan span) {
    return span.getSpanContext().isSampled();
  }

  @Override
  public SpanData prepare(FinishedSpan span) {
    // All that the facts may throw is thrown here, where it costs this span alone.
    Objects.requireNonNull(span.getName(), "name");
    span.getStatus();
    span.getAttributes();
    return span;
  }

  @Override
  public Future<BatchOutcome<SpanData>> send(List<SpanData> spans) {
    List<Future<BatchOutcome<SpanData>>> exports = new ArrayList<>();
    for (int from = 0; from < spans.size(); from += batch) {
      exports.add(export(spans.subList(from, Math.min(from + batch, spans.size()))));
    }
    return Future.join(exports).map(all -> BatchOutcome.sum(all.list()));
  }

  private Future<BatchOutcome<SpanData>> export(List<SpanData> spans) {
    return answers.to(() -> exporter.export(spans)).map(answer -> outcome(answer, spans));
  }

  private static BatchOutcome<SpanData> outcome(OtlpResponse answer, List<SpanData> spans) {
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
