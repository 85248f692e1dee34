package dev.infermux.benchmarks.jmh;

import dev.infermux.benchmarks.loop.ServingLoop;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The envelope over the event bus: by reference in a process, and as bytes between two. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BusCodecBenchmark {
  private static final String ECHO = "benchmarks.echo";
  private static final int ROUND_TRIPS = 1_000;

  /** Size of the prompt. */
  @Param({"1", "100"})
  public int promptKb = 1;

  private final EnvelopeCodec codec = new EnvelopeCodec();
  private final ServingLoop loop = new ServingLoop();
  private final EventBus bus = loop.vertx().eventBus();
  private Envelope envelope = Envelopes.inferRequest("gpt-4o-mini", 1);

  @Setup
  public void prepare() {
    envelope = Envelopes.inferRequest("gpt-4o-mini", promptKb);
    EnvelopeCodec.register(loop.vertx());
    loop.run(
        () -> bus.<Envelope>consumer(ECHO, message -> message.reply(message.body())).completion());
  }

  @TearDown
  public void close() {
    loop.close();
  }

  /** Request and reply in a process, on one event loop. */
  @Benchmark
  @OperationsPerInvocation(ROUND_TRIPS)
  public void byReference() {
    loop.repeat(ROUND_TRIPS, () -> bus.<Envelope>request(ECHO, envelope));
  }

  /** What a message between two nodes costs at its two ends, without the network. */
  @Benchmark
  public Envelope overTheWire() {
    Buffer buffer = Buffer.buffer();
    codec.encodeToWire(buffer, envelope);
    return codec.decodeFromWire(0, buffer);
  }
}
