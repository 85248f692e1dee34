package dev.infermux.benchmarks.codec;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private Envelope envelope = Envelopes.inferRequest(1);

  @Setup
  public void prepare() {
    envelope = Envelopes.inferRequest(promptKb);
    EnvelopeCodec.register(vertx);
    onLoop(
        done ->
            vertx
                .eventBus()
                .<Envelope>consumer(ECHO, message -> message.reply(message.body()))
                .completion()
                .onComplete(done));
  }

  @TearDown
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /**
   * Request and reply in a process, one after the other on one event loop; the hand-over from the
   * benchmark's thread is shared by all of them.
   */
  @Benchmark
  @OperationsPerInvocation(ROUND_TRIPS)
  public void byReference() {
    onLoop(done -> roundTrips(ROUND_TRIPS, done));
  }

  /** What a message between two nodes costs at its two ends, without the network. */
  @Benchmark
  public Envelope overTheWire() {
    Buffer buffer = Buffer.buffer();
    codec.encodeToWire(buffer, envelope);
    return codec.decodeFromWire(0, buffer);
  }

  private void roundTrips(int left, Promise<Void> done) {
    if (left == 0) {
      done.complete();
      return;
    }
    vertx
        .eventBus()
        .<Envelope>request(ECHO, envelope)
        .onSuccess(reply -> roundTrips(left - 1, done))
        .onFailure(done::fail);
  }

  private void onLoop(Consumer<Promise<Void>> work) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(nothing -> work.accept(done));
    done.future().toCompletionStage().toCompletableFuture().join();
  }
}
