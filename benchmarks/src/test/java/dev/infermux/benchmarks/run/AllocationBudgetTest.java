package dev.infermux.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.infermux.InferMux;
import dev.infermux.benchmarks.load.LoadGenerator;
import dev.infermux.benchmarks.load.LoadPlan;
import dev.infermux.benchmarks.load.LoadResult;
import dev.infermux.benchmarks.load.Pace;
import dev.infermux.benchmarks.load.WindowProbe;
import dev.infermux.benchmarks.mock.LoadProvider;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.config.ConfigReader;
import dev.infermux.config.ConfigResult;
import dev.infermux.config.ReadOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many bytes a call may allocate: through the real server over real sockets, with a key, a
 * choice between two providers, limits, prices, a budget with its state file, metrics and three
 * spans exported over OTLP. Bytes are the same on a busy machine; a JVM whose compiler is at its
 * best allocates less than this one, so the budgets are upper bounds.
 */
@Timeout(120)
class AllocationBudgetTest {

  /** Whoever raises one of these says in the commit what the bytes are good for. */
  private static final int BYTES_A_CALL = 34_000;

  private static final int BYTES_AN_EVENT = 2_200;

  private static final int EVENTS = 200;
  private static final Duration WARM_UP =
      Duration.ofMillis(Long.getLong("allocation.warm.up.millis", 1_500));
  private static final Duration MEASURED =
      Duration.ofMillis(Long.getLong("allocation.measured.millis", 1_500));
  private static final int CONNECTIONS = 8;
  private static final int MOST_WINDOWS = 12;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private LoadProvider provider;
  private Vertx vertx;
  private InferMux router;
  private Target target;

  @TempDir private Path home;

  @BeforeEach
  void start() throws Exception {
    provider = new LoadProvider(0);
    Thread serving = new Thread(this::serve, "rig-provider");
    serving.setDaemon(true);
    serving.start();
    Path file = home.resolve("infermux.yml");
    Files.writeString(file, Gateway.configuration(0, provider.port(), LoadKinds.STATE_FILE, home));
    vertx = ProgramVertx.create();
    var read = on(ConfigReader.read(vertx, file, ReadOptions.of(Map.of())));
    assertThat(read).isInstanceOf(ConfigResult.Loaded.class);
    router = on(InferMux.create(vertx, ((ConfigResult.Loaded) read).config()));
    int port = on(router.listen()).port();
    target = new Target(Target.GATEWAY, port, ProcessHandle.current());
  }

  @AfterEach
  void stop() throws Exception {
    on(router.close());
    on(vertx.close());
    provider.close();
  }

  private void serve() {
    try {
      provider.serve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T on(Future<T> done) throws Exception {
    return done.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void a_plain_call_keeps_its_budget() throws Exception {
    provide("answerBytes=600");
    byte[] body = Bodies.chat(1024, false);
    var plan =
        new LoadPlan(target.call(body, 0), CONNECTIONS, new Pace.Closed(), WARM_UP, MEASURED);

    assertWithin(BYTES_A_CALL, plan, LoadResult::requests);
  }

  @Test
  void an_event_of_a_stream_keeps_its_budget() throws Exception {
    provide("firstTokenMillis=0&intervalMillis=2&events=" + EVENTS);
    byte[] body = Bodies.chat(1024, true);
    var plan =
        new LoadPlan(target.call(body, EVENTS), CONNECTIONS, new Pace.Closed(), WARM_UP, MEASURED);

    assertWithin(BYTES_AN_EVENT, plan, LoadResult::events);
  }

  private void provide(String settings) throws IOException {
    URI url =
        URI.create("http://127.0.0.1:%d/mock/settings?%s".formatted(provider.port(), settings));
    var connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod("POST");
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }

  /** The least of a few windows counts: what is loaded and linked once is in the first ones. */
  private void assertWithin(long budget, LoadPlan plan, ToLongFunction<LoadResult> times)
      throws IOException {
    long least = Long.MAX_VALUE;
    String found = "";
    for (int window = 1; window <= MOST_WINDOWS && least > budget; window++) {
      Allocated allocated = measured(plan);
      long counted = times.applyAsLong(allocated.load());
      assertThat(allocated.load().errors().total()).isZero();
      if (counted > 0 && allocated.bytes() / counted < least) {
        least = allocated.bytes() / counted;
        found = allocated.table(counted);
      }
    }
    assertThat(least).as(found).isPositive().isLessThanOrEqualTo(budget);
  }

  private Allocated measured(LoadPlan plan) throws IOException {
    var probe = new Probe();
    LoadResult load = LoadGenerator.run(plan, probe);
    return new Allocated(load, probe.byThread);
  }

  /** What was allocated in the measured part, by threads of one name. */
  private record Allocated(LoadResult load, Map<String, Long> byThread) {

    long bytes() {
      return byThread.values().stream().mapToLong(Long::longValue).sum();
    }

    String table(long times) {
      var text = new StringBuilder("bytes each of " + times + ", by thread:\n");
      byThread.forEach((name, bytes) -> text.append(name + ": " + bytes / times + "\n"));
      return text.toString();
    }
  }

  /** Reads the allocation of all threads but the rig's own at both ends. */
  private final class Probe implements WindowProbe {
    private final Map<Long, Long> before = new TreeMap<>();
    private final Map<String, Long> byThread = new TreeMap<>();
    private final long rig = Thread.currentThread().getId();

    @Override
    public void begin() {
      for (long id : threads.getAllThreadIds()) {
        before.put(id, threads.getThreadAllocatedBytes(id));
      }
    }

    @Override
    public void end() {
      for (long id : threads.getAllThreadIds()) {
        ThreadInfo info = threads.getThreadInfo(id);
        if (info != null && id != rig && !info.getThreadName().startsWith("rig-")) {
          long bytes = threads.getThreadAllocatedBytes(id) - before.getOrDefault(id, 0L);
          byThread.merge(info.getThreadName().replaceAll("\\d+", "N"), bytes, Long::sum);
        }
      }
      byThread.values().removeIf(bytes -> bytes <= 0);
    }
  }
}
