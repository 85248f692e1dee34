package dev.infermux.budget;

import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.BudgetVerdict;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The reply to a {@link ReserveBudget}.
 *
 * @param recorded to be asked on any thread before anything of an answer is handed out: completes,
 *     on any thread too, when the reservation would survive the end of this process, which is long
 *     before most answers come
 */
public record BudgetReserved(BudgetVerdict verdict, Supplier<Future<Void>> recorded)
    implements LocalPayload {}
