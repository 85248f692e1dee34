package dev.infermux.benchmarks.jmh;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.EnvelopeWriter;
import dev.infermux.mist.InferRequest;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The envelope over a wire: JSON and checksum out, checks and payload in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {

  /** Size of the prompt. */
  @Param({"1", "10", "100"})
  public int promptKb = 1;

  private Envelope envelope = Envelopes.inferRequest("gpt-4o-mini", 1);
  private byte[] message = {};

  @Setup
  public void prepare() {
    envelope = Envelopes.inferRequest("gpt-4o-mini", promptKb);
    message = EnvelopeWriter.write(envelope);
  }

  @Benchmark
  public byte[] write() {
    return EnvelopeWriter.write(envelope);
  }

  /** The envelope alone; its payload stays bytes. */
  @Benchmark
  public Envelope read() {
    return EnvelopeReader.read(message);
  }

  /** The envelope and, from its bytes, the request in it. */
  @Benchmark
  public InferRequest readWithPayload() {
    return EnvelopeReader.read(message).payloadAs(InferRequest.class);
  }
}
