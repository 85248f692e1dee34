package dev.infermux.benchmarks.jmh;

import dev.infermux.InferMux;
import dev.infermux.benchmarks.loop.ServingLoop;
import dev.infermux.config.Config;
import dev.infermux.mist.InferRequest;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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

/**
 * What its caller's budget adds to a call on the event loop: the same call through the router to
 * the echo provider without a budget, with one in memory, and with one in a state file, whose
 * writer has a thread of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class BudgetBenchmark {
  private static final String MODEL = "echo-v1";
  private static final int CALLS = 200;

  /** Where the spend is kept; none = the caller has no budget. */
  @Param({"none", "memory", "file"})
  public String budget = "none";

  private final ServingLoop loop = new ServingLoop();
  private final InferRequest request =
      Envelopes.inferRequest(MODEL, 1).payloadAs(InferRequest.class);
  private InferMux router = loop.run(() -> InferMux.create(loop.vertx(), Config.echo()));

  @Setup(Level.Trial)
  public void open() throws IOException {
    BudgetOptions options = options();
    ModelPrice price = new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.60"));
    PricingOptions pricing = new PricingOptions(Map.of("echo", Map.of(MODEL, price)));
    Config config = Config.echo().withPricing(pricing).withBudgets(options);
    loop.run(router::close);
    router = loop.run(() -> InferMux.create(loop.vertx(), config));
  }

  private BudgetOptions options() throws IOException {
    if (budget.equals("none")) {
      return BudgetOptions.defaults();
    }
    BudgetOptions options =
        BudgetOptions.defaults()
            .withCallers(
                List.of(
                    new CallerBudget(
                        CallerBudget.EVERYONE_ELSE,
                        new BigDecimal("100000000"),
                        BudgetAction.HARD_STOP,
                        null)));
    Path file = Files.createTempDirectory("infermux-budget").resolve("budgets.json");
    return budget.equals("file") ? options.withStateFile(file) : options;
  }

  @TearDown
  public void close() {
    loop.run(router::close);
    loop.close();
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void infer() {
    loop.repeat(CALLS, () -> router.infer(request));
  }
}
