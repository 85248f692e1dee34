package dev.infermux.benchmarks.jmh;

import dev.infermux.policy.circuit.CircuitBreaker;
import dev.infermux.policy.circuit.CircuitBreakers;
import dev.infermux.policy.circuit.CircuitOptions;
import dev.infermux.policy.circuit.Permit;
import dev.infermux.vertx.CircuitTimers;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** What a closed circuit breaker adds to an attempt: the permit, and its outcome. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CircuitBenchmark {

  private static final long LATENCY_NANOS = 180_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final CircuitBreaker circuit =
      new CircuitBreakers(
              new CircuitTimers(vertx), System::nanoTime, InstantSource.system(), change -> {})
          .circuit("openai", CircuitOptions.defaults().withLatencyP95(Duration.ofSeconds(5)));

  @TearDown(Level.Trial)
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Benchmark
  public boolean attempt() {
    Permit permit = circuit.enter();
    if (permit == null) {
      throw new IllegalStateException("a healthy circuit opened");
    }
    permit.succeeded(LATENCY_NANOS);
    return permit.probe();
  }

  /** Cells share the circuit. */
  @Benchmark
  @Threads(2)
  public boolean attemptOfTwoThreads() {
    return attempt();
  }

  @Benchmark
  public boolean look() {
    return circuit.exclusion() == null;
  }
}
