package dev.infermux.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Operation;
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

/**
 * What a listener does with a body: the one scan, and the copy when the route changes the model.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BodyScanBenchmark {
  private static final String TEXT =
      "The checkout service returned 503s; \\\"connection pool exhausted\\\" is in the logs.\\n";

  /** Size of the prompt. */
  @Param({"1", "10", "100"})
  public int promptKb = 1;

  private byte[] body = {};
  private OpenAiRequestBody scanned = OpenAiRequestBody.scan(Operation.CHAT, chat(1));

  @Setup
  public void prepare() {
    body = chat(promptKb);
    scanned = OpenAiRequestBody.scan(Operation.CHAT, body);
  }

  @Benchmark
  public OpenAiRequestBody scan() {
    return OpenAiRequestBody.scan(Operation.CHAT, body);
  }

  @Benchmark
  public byte[] renameModelAndAskForUsage() {
    return scanned.rewritten("gpt-4o-mini-2024-07-18", true);
  }

  private static byte[] chat(int promptKb) {
    return """
    {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Answer briefly."},\
    {"role":"user","content":"%s"}],"temperature":0.2,"max_tokens":256,"stream":true}\
    """
        .formatted(TEXT.repeat(promptKb * 1024 / TEXT.length()))
        .getBytes(UTF_8);
  }
}
