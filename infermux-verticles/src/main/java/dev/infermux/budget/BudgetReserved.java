package dev.infermux.budget;

import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.BudgetVerdict;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The answer to a {@link ReserveBudget}. Never leaves the process.
 *
 * @param recorded to be asked on any thread before anything of an answer is handed out: completes,
 *     on any thread too, when the hold would survive the end of this process, which is long before
 *     most answers come
 */
public record BudgetReserved(BudgetVerdict verdict, Supplier<Future<Void>> recorded)
    implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().flag("admitted", !(verdict instanceof BudgetVerdict.Stop)).end();
  }
}
