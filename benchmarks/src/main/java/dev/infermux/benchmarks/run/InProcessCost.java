package dev.infermux.benchmarks.run;

import dev.infermux.InferMux;
import dev.infermux.benchmarks.loop.ServingLoop;
import dev.infermux.config.Config;
import dev.infermux.inference.Secret;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.BudgetOptions;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.budget.SharedBudgetOptions;
import dev.infermux.policy.pricing.ModelPrice;
import dev.infermux.policy.pricing.PricingOptions;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a shared budget adds to a call in the same JVM: the same call through the library to the
 * echo provider, with a budget in a state file and with one that is shared through PostgreSQL, in
 * turn. CPU time is that of the whole process, and of what it has still to tell the database after
 * the last call. Two launches of a JVM differ by more than these two.
 *
 * <p>Its arguments: the database, a directory, rounds, calls a round.
 */
public final class InProcessCost {
  private static final String MODEL = "echo-v1";
  private static final int WARM_UP_ROUNDS = 3;

  /** Costs are told once a second. */
  private static final long TOLD_MILLIS = 2_000;

  private final ServingLoop loop = new ServingLoop();
  private final ProcessMeter meter = new ProcessMeter(ProcessHandle.current());
  private final InferRequest request =
      InferRequest.of(MODEL, List.of(ChatMessage.of("user", "word ".repeat(200))));
  private final InferMux router;

  private InProcessCost(BudgetOptions budgets) {
    ModelPrice price = new ModelPrice(new BigDecimal("0.15"), new BigDecimal("0.60"));
    Config config =
        Config.echo()
            .withPricing(new PricingOptions(Map.of("echo", Map.of(MODEL, price))))
            .withBudgets(budgets);
    router = loop.run(() -> InferMux.create(loop.vertx(), config));
  }

  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[1]));
    int rounds = Integer.parseInt(args[2]);
    int calls = Integer.parseInt(args[3]);
    InProcessCost file = new InProcessCost(budgets(directory.resolve("alone.json")));
    InProcessCost shared =
        new InProcessCost(
            budgets(directory.resolve("shared.json"))
                .withShared(SharedBudgetOptions.of(Secret.of(args[0]))));
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      file.calls(calls);
      shared.calls(calls);
    }
    Thread.sleep(TOLD_MILLIS);
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        file.measure("file", calls);
      }
      shared.measure("shared", calls);
      if (round % 2 == 1) {
        file.measure("file", calls);
      }
    }
    file.close();
    shared.close();
    System.exit(0);
  }

  private static BudgetOptions budgets(Path stateFile) {
    return BudgetOptions.defaults()
        .withStateFile(stateFile)
        .withCallers(
            List.of(
                new CallerBudget(
                    CallerBudget.EVERYONE_ELSE,
                    new BigDecimal("100000000"),
                    BudgetAction.HARD_STOP,
                    null)));
  }

  private void calls(int calls) {
    loop.repeat(calls, () -> router.infer(request));
  }

  private void measure(String name, int calls) throws InterruptedException {
    double before = meter.cpuMicros();
    double each = loop.microsPerCall(calls, () -> calls(calls));
    Thread.sleep(TOLD_MILLIS);
    System.out.println(name + "\t" + (meter.cpuMicros() - before) / calls);
    System.out.println(name + " loop\t" + each);
  }

  private void close() {
    loop.run(router::close);
    loop.close();
  }
}
