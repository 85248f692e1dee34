package dev.infermux.pipeline;

import dev.infermux.bus.BusFailure;
import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.ProviderAnswer;
import dev.infermux.inference.StreamSummary;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallTrace.AttemptTrace;
import dev.infermux.policy.routing.Candidate;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** The last stage: one attempt at the chosen provider over the cell's bus, priced and recorded. */
final class AttemptStage implements Stage {

  private final ProviderClient providers;
  private final Pricing pricing;
  private final TokenEstimator estimator;

  AttemptStage(ProviderClient providers, Pricing pricing, TokenEstimator estimator) {
    this.providers = providers;
    this.pricing = pricing;
    this.estimator = estimator;
  }

  @Override
  public Future<ProviderAnswer> run(CallContext context) {
    Candidate candidate = context.candidate();
    AttemptTrace trace = context.trace().attempt();
    int number = context.attempts().open();
    Attempt attempt =
        new Attempt(
            context.asked(),
            candidate.model(),
            trace.traceparent(),
            number,
            context.cancellation(),
            context.attempts()::promptCounted);
    Opened opened = new Opened(context, trace.spanId());
    return providers.attempt(candidate.provider(), attempt).andThen(opened::answered);
  }

  /** An attempt that waits for its end. */
  private final class Opened {
    private final CallContext context;
    private final Candidate candidate;
    private final Call asked;
    private final String spanId;
    private int droppedChunks;
    private final long startedNanos = System.nanoTime();

    Opened(CallContext context, String spanId) {
      this.context = context;
      this.asked = context.asked();
      this.candidate = context.candidate();
      this.spanId = spanId;
    }

    void answered(@Nullable ProviderAnswer answer, @Nullable Throwable cause) {
      if (cause != null) {
        failed(BusFailure.failureOf(cause));
      } else if (answer instanceof ProviderAnswer.Whole whole) {
        close(null, charge(whole.usage(), whole.contentChars()));
      } else if (answer instanceof ProviderAnswer.Streamed streamed) {
        streamed.stream().summary().onSuccess(this::ended);
      }
    }

    /** An attempt that was refused was none: it is neither recorded nor traced. */
    private void failed(Failure failure) {
      if (failure instanceof Failure.NotAdmitted) {
        context.attempts().withdraw();
        context.trace().withdrawn();
      } else {
        close(failure, null);
      }
    }

    /** A broken stream is charged too: what was produced was paid for. */
    private void ended(StreamSummary summary) {
      droppedChunks = summary.droppedChunks();
      close(summary.failure(), charge(summary.usage(), summary.contentChars()));
    }

    private AttemptCost charge(@Nullable Usage reported, long contentChars) {
      Usage usage =
          reported != null && isWhole(reported, contentChars)
              ? reported
              : orGuessed(reported, estimator.estimate(asked, candidate.model(), contentChars));
      return new AttemptCost(usage, pricing.cost(candidate.provider(), candidate.model(), usage));
    }

    /** No prompt is free of tokens, and no text. */
    private static boolean isWhole(Usage reported, long contentChars) {
      return reported.promptTokens() > 0 && (reported.completionTokens() > 0 || contentChars == 0);
    }

    private static Usage orGuessed(@Nullable Usage reported, Usage guess) {
      return reported == null ? guess : reported.or(guess);
    }

    private void close(@Nullable Failure failure, @Nullable AttemptCost charge) {
      Call call = context.call();
      context
          .attempts()
          .ended(
              new AttemptRecord(
                  candidate.provider(),
                  candidate.model(),
                  failure == null ? null : failure.kind(),
                  failure == null ? 200 : failure.providerStatus(),
                  failure == null ? "" : failure.message(),
                  call.startedEpochNanos() + startedNanos - call.startedNanos(),
                  System.nanoTime() - startedNanos,
                  spanId,
                  droppedChunks,
                  charge));
    }
  }
}
