package dev.infermux.config;

import dev.infermux.policy.budget.SharedBudgetOptions;
import org.jspecify.annotations.Nullable;

/** {@code budgets.shared} as the file has it. */
final class SharedBudgetsAsFile {

  private SharedBudgetsAsFile() {}

  static @Nullable FileMap of(@Nullable SharedBudgetOptions shared) {
    if (shared == null) {
      return null;
    }
    boolean refuses = shared.spendLocally().isZero();
    return new FileMap()
        .put("url", shared.url().reveal())
        .put("pool", shared.pool())
        .put("horizon", shared.horizon())
        .put("unreachable", refuses ? "refuse" : "spend_locally")
        .put("spend_locally_for", refuses ? null : shared.spendLocally())
        .put("lost_after", shared.lostAfter());
  }
}
