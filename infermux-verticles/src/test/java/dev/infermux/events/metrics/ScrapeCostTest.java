package dev.infermux.events.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.infermux.events.Samples;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a scrape costs beside its text. */
class ScrapeCostTest {

  private static final int SCRAPES = 50;
  private static final int MODELS = 4;

  /** A histogram's snapshot has some 80 bytes for each of its buckets; most others have none. */
  private static final long BYTES_PER_LINE = 60;

  private final AtomicLong nanos = new AtomicLong();
  private final Metrics metrics = new Metrics(nanos::get);

  @Test
  void scrape_allocates_its_text_and_little_for_each_line() {
    series();
    String text = metrics.render(null).body().toString();
    long most = text.length() + BYTES_PER_LINE * text.lines().count();

    assertThat(allocatedByOne()).isLessThan(most);
  }

  @Test
  void what_is_known_of_the_jvm_is_read_now_and_then() throws InterruptedException {
    String first = started();
    Thread one = new Thread(() -> {});
    one.start();
    one.join();

    nanos.addAndGet(JvmFacts.MOST_AGE.toNanos() - 1);
    assertThat(started()).isEqualTo(first);
    nanos.addAndGet(1);
    assertThat(started()).isNotEqualTo(first);
  }

  @Test
  void each_format_has_its_own_text_of_the_jvm() {
    String plain = metrics.render(null).body().toString();
    String open = metrics.render("application/openmetrics-text").body().toString();

    assertThat(plain).contains("# TYPE jvm_threads_started_total counter");
    assertThat(open).contains("# TYPE jvm_threads_started counter");
  }

  @Test
  void work_pauses_after_each_slice_and_not_before() {
    AtomicInteger pauses = new AtomicInteger();
    Slices slices = new Slices(nanos::get, pauses::incrementAndGet);

    nanos.addAndGet(Slices.SLICE_NANOS - 1);
    slices.next();
    assertThat(pauses).hasValue(0);
    nanos.addAndGet(1);
    slices.next();
    slices.next();
    assertThat(pauses).hasValue(1);
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    slices.next();
    assertThat(pauses).hasValue(2);
  }

  private void series() {
    MetricsCallListener listener =
        new MetricsCallListener(metrics, model -> true, provider -> true);
    for (int i = 0; i < MODELS; i++) {
      listener.finished(Samples.ok("provider", "model-" + i));
    }
    listener.finished(Samples.failedOver());
    for (int i = 0; i < 20; i++) {
      metrics.gauge("infermux_gauge_" + i, "A value.", () -> 4);
    }
  }

  private long allocatedByOne() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < SCRAPES; i++) {
      metrics.render(null);
    }
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < SCRAPES; i++) {
      metrics.render(null);
    }
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    return (after - before) / SCRAPES;
  }

  private String started() {
    return metrics
        .render(null)
        .body()
        .toString()
        .lines()
        .filter(line -> line.startsWith("jvm_threads_started_total "))
        .findFirst()
        .orElseThrow();
  }
}
