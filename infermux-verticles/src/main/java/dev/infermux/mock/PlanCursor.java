package dev.infermux.mock;

import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockPlan.Step;
import java.time.Duration;
import java.time.Instant;

/** Where a plan is. Steps that hold for a time follow each other without drift. */
final class PlanCursor {

  private final MockPlan plan;
  private int at;
  private int played;

  /** When the step that holds for a time began, or will once it is met. */
  private Instant since;

  PlanCursor(MockPlan plan, Instant now) {
    this.plan = plan;
    this.since = now;
  }

  MockBehaviour next(Instant now) {
    skipRounds(now);
    Step step = plan.steps().get(at);
    while (!stays() && over(step, now)) {
      leave(step, now);
      step = plan.steps().get(at);
    }
    played++;
    return step.behaviour();
  }

  private boolean stays() {
    return !plan.repeats() && at == plan.steps().size() - 1;
  }

  private boolean over(Step step, Instant now) {
    Duration lasts = step.lasts();
    return lasts == null ? played >= step.times() : !now.isBefore(since.plus(lasts));
  }

  private void leave(Step step, Instant now) {
    Duration lasts = step.lasts();
    since = lasts == null ? now : since.plus(lasts);
    at = (at + 1) % plan.steps().size();
    played = 0;
  }

  /** A plan of times alone may have gone round often since the last request. */
  private void skipRounds(Instant now) {
    Duration round = Duration.ZERO;
    for (Step step : plan.steps()) {
      Duration lasts = step.lasts();
      if (lasts == null || !plan.repeats()) {
        return;
      }
      round = round.plus(lasts);
    }
    long rounds = Duration.between(since, now).dividedBy(round);
    if (rounds > 0) {
      since = since.plus(round.multipliedBy(rounds));
    }
  }
}
