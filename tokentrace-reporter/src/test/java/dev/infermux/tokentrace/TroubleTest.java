package dev.infermux.tokentrace;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import dev.infermux.tokentrace.TelemetryOptions.TokenTrace;
import dev.infermux.tokentrace.export.DropReason;
import dev.infermux.tokentrace.export.ExportCounts;
import dev.infermux.tokentrace.export.ExportOptions;
import dev.infermux.tokentrace.export.SpanCounts;
import dev.infermux.tokentrace.span.OpenSpan;
import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.SpanParent;
import dev.infermux.tokentrace.testing.FreePort;
import dev.infermux.tokentrace.testing.OtlpReceiver;
import dev.infermux.tokentrace.testing.TokenTraceStandIn;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class TroubleTest extends ReporterTest {
  private static final ExportOptions TIGHT =
      new ExportOptions(
          64,
          16,
          Duration.ofMillis(20),
          Duration.ofMillis(300),
          2,
          Duration.ofMillis(10),
          Duration.ofMillis(500));

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.infermux.tokentrace");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  private static void end(TokenTraceReporter reporter, SpanFacts facts) {
    OpenSpan span = reporter.spans().start(SpanKind.INTERNAL, SpanParent.none(), START);
    span.end(END, facts);
  }

  private static Otlp otlp(String endpoint) {
    return Otlp.at(endpoint, Protocol.HTTP_PROTOBUF);
  }

  private List<String> said() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void a_dead_collector_is_reported_once_and_its_recovery_once() {
    int port = FreePort.next();
    TokenTraceReporter reporter =
        reporter(
            TelemetryOptions.defaults()
                .withTokentrace(TokenTrace.at("http://127.0.0.1:" + port).withAttempts(true))
                .withExport(TIGHT));

    for (int i = 0; i < 100; i++) {
      end(reporter, Facts.infer());
    }
    eventually(
        () ->
            assertThat(reporter.counts().exports().get(0).dropped())
                .containsKey(DropReason.UNREACHABLE));
    TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx, port));

    eventually(
        () -> {
          end(reporter, Facts.infer());
          assertThat(tokentrace.spans()).isNotEmpty();
        });
    eventually(() -> assertThat(said()).hasSize(2));
    assertThat(said().get(0))
        .contains("TokenTrace http://127.0.0.1:" + port)
        .contains("does not take spans");
    assertThat(said().get(1)).contains("takes spans again; dropped meanwhile: ");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void opentelemetrys_exporters_add_nothing_to_the_log(Protocol protocol) {
    List<String> theirs = new CopyOnWriteArrayList<>();
    Handler ears = new Ears(theirs);
    java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
    root.addHandler(ears);
    closing(() -> root.removeHandler(ears));
    String dead = "http://127.0.0.1:" + FreePort.next();
    TokenTraceReporter reporter =
        reporter(TelemetryOptions.defaults().withOtlp(Otlp.at(dead, protocol)).withExport(TIGHT));

    end(reporter, Facts.infer());
    eventually(
        () ->
            assertThat(reporter.counts().exports().get(0).dropped())
                .containsEntry(DropReason.UNREACHABLE, 1L));

    assertThat(said()).singleElement().asString().contains(dead + " does not take spans: ");
    assertThat(theirs).isEmpty();
  }

  @Test
  void a_silent_collector_costs_a_bounded_backlog_and_everything_is_accounted_for() {
    OtlpReceiver collector = closing(OtlpReceiver.start(vertx));
    collector.fallsSilent();
    TokenTraceReporter reporter =
        reporter(
            TelemetryOptions.defaults().withOtlp(otlp(collector.endpoint())).withExport(TIGHT));

    for (int i = 0; i < 2000; i++) {
      end(reporter, Facts.infer());
    }
    assertThat(reporter.counts().exports().get(0).waiting()).isLessThanOrEqualTo(64 + 5 * 16);
    on(reporter.close());

    SpanCounts counts = reporter.counts();
    ExportCounts export = counts.exports().get(0);
    assertThat(counts.ended()).isEqualTo(2000);
    assertThat(accounted(counts, export)).isEqualTo(2000);
    assertThat(export.exported()).isZero();
    assertThat(export.waiting()).isZero();
  }

  @Test
  void closing_does_not_wait_for_answers_that_will_not_come() {
    TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx));
    tokentrace.fallsSilent();
    ExportOptions patient =
        new ExportOptions(
            64,
            16,
            Duration.ofMillis(20),
            Duration.ofMinutes(1),
            3,
            Duration.ofMillis(10),
            Duration.ofMillis(200));
    TokenTraceReporter reporter =
        reporter(
            TelemetryOptions.defaults()
                .withTokentrace(TokenTrace.at(tokentrace.url()).withAttempts(true))
                .withExport(patient));

    end(reporter, Facts.infer());
    on(reporter.close());

    assertThat(reporter.counts().exports().get(0).dropped()).containsEntry(DropReason.CLOSED, 1L);
  }

  @Test
  void a_dead_export_does_not_hold_up_the_other() {
    TokenTraceStandIn tokentrace = closing(TokenTraceStandIn.start(vertx));
    TokenTraceReporter reporter =
        reporter(
            TelemetryOptions.defaults()
                .withTokentrace(TokenTrace.at(tokentrace.url()).withAttempts(true))
                .withOtlp(otlp("http://127.0.0.1:" + FreePort.next()))
                .withExport(QUICK));

    for (int i = 0; i < 100; i++) {
      end(reporter, Facts.infer());
    }

    eventually(() -> assertThat(tokentrace.spans()).hasSize(100));
  }

  @Test
  void closing_sends_what_is_held() {
    OtlpReceiver collector = closing(OtlpReceiver.start(vertx));
    ExportOptions lazy =
        new ExportOptions(
            1024,
            64,
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            3,
            Duration.ofMillis(10),
            Duration.ofSeconds(5));
    TokenTraceReporter reporter =
        reporter(TelemetryOptions.defaults().withOtlp(otlp(collector.endpoint())).withExport(lazy));

    for (int i = 0; i < 200; i++) {
      end(reporter, Facts.infer());
    }
    on(reporter.close());

    assertThat(collector.spans()).hasSize(200);
    assertThat(reporter.counts().exports().get(0).exported()).isEqualTo(200);
  }

  @Test
  void a_span_that_ends_after_the_close_is_dropped_and_counted() {
    OtlpReceiver collector = closing(OtlpReceiver.start(vertx));
    TokenTraceReporter reporter =
        reporter(
            TelemetryOptions.defaults().withOtlp(otlp(collector.endpoint())).withExport(QUICK));
    OpenSpan late = reporter.spans().start(SpanKind.INTERNAL, SpanParent.none(), START);

    on(reporter.close());
    late.end(END, Facts.infer());
    late.end(END, Facts.infer());

    assertThat(reporter.counts().dropped()).containsEntry(DropReason.CLOSED, 1L);
    assertThat(reporter.counts().ended()).isEqualTo(1);
  }

  @Test
  void facts_that_throw_cost_their_own_span_alone() {
    OtlpReceiver collector = closing(OtlpReceiver.start(vertx));
    TokenTraceReporter reporter =
        reporter(
            TelemetryOptions.defaults().withOtlp(otlp(collector.endpoint())).withExport(QUICK));

    end(reporter, new Broken());
    end(reporter, Facts.infer());

    eventually(() -> assertThat(collector.spans()).hasSize(1));
    assertThat(reporter.counts().exports().get(0).dropped()).containsEntry(DropReason.INVALID, 1L);
  }

  /** Hears what is logged by java.util.logging. */
  private static final class Ears extends Handler {
    private final List<String> heard;

    Ears(List<String> heard) {
      this.heard = heard;
    }

    @Override
    public void publish(LogRecord line) {
      if (String.valueOf(line.getLoggerName()).startsWith("io.opentelemetry")) {
        heard.add(line.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Facts of a caller with a bug. */
  private record Broken() implements SpanFacts {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public String errorText() {
      return null;
    }

    @Override
    public void attributes(AttributesBuilder into) {
      throw new IllegalStateException("a bug");
    }
  }
}
