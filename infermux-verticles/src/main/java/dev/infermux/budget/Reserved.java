package dev.infermux.budget;

import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;
import dev.infermux.policy.budget.BudgetVerdict;
import io.vertx.core.Future;

/**
 * The answer to a {@link Reserve}. Never leaves the process.
 *
 * @param recorded completes when the hold would survive the end of this process, on any thread;
 *     nothing of an answer may be handed out before
 */
public record Reserved(BudgetVerdict verdict, Future<Void> recorded) implements Payload {

  @Override
  public byte[] json() {
    return JsonWriter.object().flag("admitted", !(verdict instanceof BudgetVerdict.Stop)).end();
  }
}
