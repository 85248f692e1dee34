package dev.infermux.benchmarks.library;

import dev.infermux.InferMux;
import dev.infermux.benchmarks.loop.ServingLoop;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the library adds to a call: the same mock asked alone and through it, on one event loop. The
 * time is that of the clock; {@link LibraryFigures} has CPU time, which a busy machine cannot
 * lengthen as much.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class LibraryBenchmark {

  private static final String PROMPT = "word ".repeat(200);
  private static final int CALLS = 200;

  private final ServingLoop loop = new ServingLoop();
  private final InProcess mock =
      loop.run(() -> Future.succeededFuture(new InProcess(loop.vertx(), PROMPT)));
  private final InferMux library = loop.run(mock::create);

  @TearDown
  public void close() {
    loop.run(library::close);
    loop.close();
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void mockAlone() {
    loop.repeat(CALLS, mock::alone);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void mockThroughTheLibrary() {
    loop.repeat(CALLS, () -> mock.through(library));
  }
}
