package dev.infermux.pipeline.money;

import dev.infermux.budget.Cover;
import dev.infermux.inference.answer.ProviderAnswer;
import dev.infermux.pipeline.stage.Passage;
import dev.infermux.pipeline.stage.Stage;
import dev.infermux.policy.budget.Hold;
import io.vertx.core.Future;

/**
 * Before each further attempt of a call of which an attempt was charged already, asks whether its
 * budget still covers it: what was held at first covers one whole answer.
 */
public final class Covering implements Stage {

  private final BudgetBus bus;
  private final Worth worth;
  private final Stage next;

  public Covering(BudgetBus bus, Worth worth, Stage next) {
    this.bus = bus;
    this.worth = worth;
    this.next = next;
  }

  @Override
  public Future<ProviderAnswer> run(Passage passage) {
    Hold hold = passage.hold();
    if (hold == null || !passage.attempts().charged()) {
      return next.run(passage);
    }
    return bus.covers(new Cover(hold, Bill.unbooked(passage), worth.most(passage)))
        .compose(
            fits ->
                fits ? next.run(passage) : Future.failedFuture(worth.exhausted(passage.call())));
  }
}
