package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.RefusedCall;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.ledger.Durability;
import dev.infermux.ledger.Reservations;
import dev.infermux.pipeline.selection.Selection;
import dev.infermux.policy.routing.ResponseModel;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.time.Time;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The stages that every call passes, from the listener to the provider. */
final class Pipeline {

  private final AccountingStage first;

  private Pipeline(AccountingStage first) {
    this.first = first;
  }

  Future<Answer> run(Call call) {
    return first.run(call);
  }

  CallsInFlight calls() {
    return first.calls();
  }

  /** Takes note of a request that ended before it was a call. */
  void refused(RefusedCall refused) {
    first.refused(refused);
  }

  /**
   * Assembles the stages, from the provider back to the listener, for the rules in force. This
   * method is the architecture.
   *
   * @param providers makes the attempts
   * @param reservations decides who may spend
   * @param durability says when a reservation survives the end of the process
   */
  static Pipeline assemble(
      Vertx vertx,
      RouterComponents components,
      AttemptSender providers,
      Reservations reservations,
      Durability durability) {
    Time time = components.time();
    CallRules rules = components.rules().now();
    RoutingOptions routing = rules.routing();
    boolean continues = routing.failover().continuesStreams();
    CostBound bound =
        new CostBound(rules.budgets(), components.router(), rules.pricing(), continues);
    Selection selection = new Selection(components.router(), time.clock(), components.random());

    Backoff backoff = new Backoff(vertx, time, components.random());
    AttemptRunner attempts =
        new ExtendReservationStage(
            reservations,
            bound,
            new AttemptStage(
                providers,
                rules.pricing(),
                components.estimator(),
                components.issued(),
                time.ticker()));
    Stage stage = new FailoverStage(backoff, selection, components.registry(), routing, attempts);
    if (continues) {
      stage =
          new ContinuationStage(
              selection, components.registry(), routing.failover(), attempts, stage);
    }
    stage = new BindingStage(components.issued(), stage);
    if (routing.responseModel() == ResponseModel.REQUESTED) {
      stage = new ResponseModelStage(stage);
    }
    ContentCapture capture = components.instruments().capture();
    stage = new BudgetStage(vertx, reservations, durability, bound, stage);
    stage = new DeadlineStage(time, stage);
    if (!components.instruments().callers().absent()) {
      stage = new CallerLimitStage(components.instruments().callers(), stage);
    }
    if (capture != ContentCapture.OFF) {
      stage = new CaptureStage(capture, stage);
    }
    return new Pipeline(new AccountingStage(components.instruments(), time.ticker(), stage));
  }
}
