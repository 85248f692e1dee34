package dev.infermux.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.assembly.ListPrices;
import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.estimation.FamilyEstimator;
import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Cost;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.Usage;
import dev.infermux.policy.pricing.PriceBook;
import dev.infermux.policy.pricing.PricingOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The price of one answer, and the estimates where a provider did not count. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PricingBenchmark {

  private final PriceBook prices = new PriceBook(ListPrices.builtIn(), PricingOptions.defaults());
  private final TokenEstimator estimator = new FamilyEstimator(Runnable::run);
  private final Usage usage = new Usage(800, 200, 100, 0, 350, 64, false, Usage.Terms.STANDARD);
  private final Call brief = call(1);
  private final Call endless = call(2_000);

  /** Of a model that the table lists under its family's name. */
  @Benchmark
  public Cost price() {
    return prices.cost("openai", "openai", "gpt-4o-2024-08-06", usage);
  }

  @Benchmark
  public Usage estimateByCharacters() {
    return estimator.estimate(brief, "claude-opus-4-5", 2_000);
  }

  @Benchmark
  public Usage estimateShortPrompt() {
    return estimator.estimate(brief, "gpt-4o", 2_000);
  }

  /** Of 152,000 characters. */
  @Benchmark
  public Usage estimateLongPrompt() {
    return estimator.estimate(endless, "gpt-4o", 2_000);
  }

  private static Call call(int times) {
    String text = "The gateway keeps its promises, and says what a call of 1,024 tokens costs. ";
    String body =
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + text.repeat(times)
            + "\"}]}";
    return new Call(
        "req-1",
        Operation.CHAT,
        OpenAiRequestBody.scan(Operation.CHAT, body.getBytes(UTF_8)),
        null,
        Attribution.ANONYMOUS,
        null,
        CallerHeaders.NONE,
        Origin.LIBRARY,
        new Cancellation(),
        0,
        0,
        Call.NO_DEADLINE,
        Call.UNHEARD,
        Call.UNKEPT);
  }
}
