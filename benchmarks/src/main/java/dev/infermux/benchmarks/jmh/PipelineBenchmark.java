package dev.infermux.benchmarks.jmh;

import dev.infermux.InferMux;
import dev.infermux.api.ChatRequest;
import dev.infermux.benchmarks.loop.ServingLoop;
import dev.infermux.bus.BusAddresses;
import dev.infermux.config.Config;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferRequest;
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

/** A call through the router to the echo provider and back, in the process, without a socket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class PipelineBenchmark {
  private static final String MODEL = "echo-v1";
  private static final int CALLS = 200;

  /** Size of the prompt, which the echo provider sends back. */
  @Param({"1", "10"})
  public int promptKb = 1;

  private final ServingLoop loop = new ServingLoop();
  private final EventBus bus = loop.vertx().eventBus();
  private final InferMux router = loop.run(() -> InferMux.create(loop.vertx(), Config.echo()));
  private Envelope envelope = Envelopes.inferRequest(MODEL, 1);
  private InferRequest request = envelope.payloadAs(InferRequest.class);
  private ChatRequest chat = ChatRequest.of(MODEL, "");

  @Setup
  public void prepare() {
    envelope = Envelopes.inferRequest(MODEL, promptKb);
    request = envelope.payloadAs(InferRequest.class);
    chat = ChatRequest.of(MODEL, "word ".repeat(promptKb * 1024 / 5));
  }

  @TearDown
  public void close() {
    loop.run(router::close);
    loop.close();
  }

  /** Through the library face. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void infer() {
    loop.repeat(CALLS, () -> router.infer(request));
  }

  /** Through the library face, with typed request and answer. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void chat() {
    loop.repeat(CALLS, () -> router.chat(chat));
  }

  /** As an envelope to the public address of the event bus. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void inferOverTheBus() {
    loop.repeat(CALLS, () -> bus.<Envelope>request(BusAddresses.INFER, envelope));
  }
}
