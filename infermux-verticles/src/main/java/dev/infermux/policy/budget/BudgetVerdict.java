package dev.infermux.policy.budget;

import dev.infermux.inference.Usd;
import org.jspecify.annotations.Nullable;

/** What a caller's budget says to a call. */
public sealed interface BudgetVerdict {

  /** The money reserved; null when the call does not go. */
  @Nullable Reservation reservation();

  /** What each choice may have, where that is less than was asked for; null = as asked. */
  default @Nullable Long shortened() {
    return null;
  }

  /** It goes as asked. */
  record Admit(Reservation reservation) implements BudgetVerdict {}

  /**
   * It goes with a shorter completion than asked for.
   *
   * @param maxTokens what each choice may have
   */
  record Lowered(Reservation reservation, long maxTokens) implements BudgetVerdict {

    @Override
    public Long shortened() {
      return maxTokens;
    }
  }

  /**
   * It goes to the budget's cheaper model.
   *
   * @param maxTokens what each choice may have; null = as asked
   */
  record Downgrade(Reservation reservation, String model, @Nullable Long maxTokens)
      implements BudgetVerdict {

    @Override
    public @Nullable Long shortened() {
      return maxTokens;
    }
  }

  /**
   * It does not go.
   *
   * @param spent settled this month
   * @param pending reserved for calls in flight
   * @param reason why, where several nodes share the budget
   */
  record Stop(Usd limit, Usd spent, Usd pending, StopReason reason) implements BudgetVerdict {

    public Stop(Usd limit, Usd spent, Usd pending) {
      this(limit, spent, pending, StopReason.SPENT);
    }

    /** The same for another reason. */
    public Stop because(StopReason reason) {
      return new Stop(limit, spent, pending, reason);
    }

    @Override
    public @Nullable Reservation reservation() {
      return null;
    }
  }
}
