package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.Call;
import dev.infermux.ledger.Durability;
import dev.infermux.ledger.Reservations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Assembles the stages as a cell does, over ports that a test provides. */
public final class PipelineRig {

  private PipelineRig() {}

  /** Makes attempts at providers by name. */
  public interface Attempts {
    Future<AttemptResult> attempt(String provider, Attempt attempt);
  }

  /** Takes calls. */
  public interface Calls {
    Future<Answer> run(Call call);
  }

  /** The whole pipeline. */
  public static <L extends Reservations & Durability> Calls assemble(
      Vertx vertx, RouterComponents components, Attempts attempts, L ledger) {
    return Pipeline.assemble(vertx, components, attempts::attempt, ledger, ledger)::run;
  }
}
