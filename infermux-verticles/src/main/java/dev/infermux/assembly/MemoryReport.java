package dev.infermux.assembly;

import dev.infermux.events.metrics.Metrics;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what is buffered: in the metrics, and in a line of the log while there is no room. */
final class MemoryReport {

  private static final Logger LOG = LoggerFactory.getLogger(MemoryReport.class);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final BufferedBytes buffered;
  private final Time time;
  private final AtomicBoolean told = new AtomicBoolean();

  private MemoryReport(BufferedBytes buffered, Time time) {
    this.buffered = buffered;
    this.time = time;
  }

  static void begin(LimitsOptions limits, BufferedBytes buffered, Metrics metrics, Time time) {
    metrics.gauges(
        "infermux_buffered_bytes",
        "What is held in memory for calls, by what it is of.",
        "of",
        buffered::byKind);
    metrics.gauge(
        "infermux_buffered_bytes_limit",
        "What all calls together may hold in memory.",
        buffered::limit);
    metrics.counter(
        "infermux_buffered_bytes_refusals_total",
        "How often there was no room for a body, an answer or an event.",
        buffered::refusals);
    buffered.onRefusal(new MemoryReport(buffered, time)::refused);
    if (buffered.limit() < limits.maxAnswerBytes()) {
      LOG.info(
          "limits.max_buffered_bytes: {} of a heap of {}: longer bodies and answers are refused,"
              + " whatever limits.max_answer_bytes says ({})",
          buffered.limit(),
          Runtime.getRuntime().maxMemory(),
          limits.maxAnswerBytes());
    }
  }

  /** One line in ten seconds: whoever is refused must not fill the log. */
  private void refused() {
    if (told.compareAndSet(false, true)) {
      LOG.warn("limits.max_buffered_bytes: no room: {}", buffered);
      time.timers().start(PAUSE, () -> told.set(false));
    }
  }
}
