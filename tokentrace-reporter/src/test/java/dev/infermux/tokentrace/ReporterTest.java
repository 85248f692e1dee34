package dev.infermux.tokentrace;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.infermux.tokentrace.TokenTraceReporter.Service;
import dev.infermux.tokentrace.export.ExportCounts;
import dev.infermux.tokentrace.export.ExportOptions;
import dev.infermux.tokentrace.export.SpanCounts;
import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.span.Spans;
import io.opentelemetry.api.trace.SpanKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** What tests of a reporter on real sockets share. */
abstract class ReporterTest {
  static final Service SERVICE = new Service("infermux", "0.1.0");
  static final long START = 1_700_000_000_000_000_000L;
  static final long END = START + 1_500_000_000L;

  /** Quick, so that what waits for a batch or a retry is over soon. */
  static final ExportOptions QUICK =
      new ExportOptions(
          1024,
          64,
          Duration.ofMillis(20),
          Duration.ofSeconds(5),
          3,
          Duration.ofMillis(10),
          Duration.ofSeconds(2));

  final Vertx vertx = Vertx.vertx();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T closing(T resource) {
    opened.push(resource);
    return resource;
  }

  TokenTraceReporter reporter(TelemetryOptions options) {
    TokenTraceReporter reporter = TokenTraceReporter.create(vertx, options, SERVICE);
    closing(() -> on(reporter.close()));
    return reporter;
  }

  /** A request that took one attempt. */
  static OpenSpan request(Spans spans, SpanParent parent) {
    OpenSpan server = spans.start(SpanKind.SERVER, parent, START);
    OpenSpan infer = spans.start(SpanKind.INTERNAL, server, START + 1);
    OpenSpan attempt = spans.start(SpanKind.CLIENT, infer, START + 2);
    attempt.end(END - 2, Facts.attempt());
    infer.end(END - 1, Facts.infer());
    server.end(END, Facts.server());
    return server;
  }

  static void eventually(org.awaitility.core.ThrowingRunnable holds) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(holds);
  }

  static <T> T on(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** All that is known to have become of the spans handed to an export. */
  static long accounted(SpanCounts counts, ExportCounts export) {
    long early = counts.dropped().values().stream().mapToLong(Long::longValue).sum();
    return early + export.exported() + export.skipped() + export.droppedInAll();
  }

  @AfterEach
  void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
    on(vertx.close());
  }
}
