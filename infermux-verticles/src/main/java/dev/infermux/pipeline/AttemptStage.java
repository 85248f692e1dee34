package dev.infermux.pipeline;

import dev.infermux.estimation.TokenEstimator;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.AttemptResult;
import dev.infermux.inference.AttemptResult.Refused;
import dev.infermux.inference.AttemptResult.Sent;
import dev.infermux.inference.Call;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.ServiceTier;
import dev.infermux.inference.Translation;
import dev.infermux.inference.Usage;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.policy.routing.Candidate;
import dev.infermux.time.Ticker;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last stage: sends one attempt to its provider over the cell's bus, prices it and records it.
 * A refused attempt is neither recorded nor traced.
 */
final class AttemptStage implements AttemptRunner {

  private final AttemptSender providers;
  private final Pricing pricing;
  private final TokenEstimator estimator;
  private final Ticker ticker;
  private final IssuedIds issued;

  AttemptStage(
      AttemptSender providers,
      Pricing pricing,
      TokenEstimator estimator,
      IssuedIds issued,
      Ticker ticker) {
    this.ticker = ticker;
    this.issued = issued;
    this.providers = providers;
    this.pricing = pricing;
    this.estimator = estimator;
  }

  @Override
  public Future<AttemptResult> run(CallContext call, AttemptContext attempt) {
    UnderWay underWay = new UnderWay(call, attempt);
    Attempt sent =
        new Attempt(
            attempt.asked(),
            attempt.candidate().model(),
            attempt.trace().traceparent(),
            attempt.number(),
            attempt.cancellation(),
            underWay,
            attempt.continues(),
            attempt.last());
    return providers
        .attempt(attempt.candidate().provider(), sent)
        .transform((result, cause) -> underWay.begun(result, cause));
  }

  /** An attempt whose end is awaited. */
  private final class UnderWay implements AttemptProgress {

    private final CallContext call;
    private final AttemptContext attempt;
    private final ServedBy servedBy;
    private final Pricing prices;
    private final long startedNanos = ticker.nanos();
    private Translation translation = Translation.NONE;
    private @Nullable AttemptCost charge;

    UnderWay(CallContext call, AttemptContext attempt) {
      this.call = call;
      this.attempt = attempt;
      this.servedBy = attempt.servedBy();
      this.prices = pricing.of(attempt.candidate().provider());
    }

    @Override
    public void promptCounted(long tokens) {
      call.attempts().promptCounted(attempt, tokens);
    }

    @Override
    public Future<Boolean> withoutMaximum() {
      return call.withoutMaximum();
    }

    @Override
    public void issued(String id) {
      issued.remember(id, attempt.candidate().provider());
    }

    @Override
    public void alive() {
      call.call().alive().run();
    }

    @Override
    public void charged(@Nullable Usage reported, long contentChars) {
      charge = charge(reported, contentChars, false);
    }

    Future<AttemptResult> begun(@Nullable AttemptResult result, @Nullable Throwable cause) {
      if (result instanceof Sent sent) {
        translation = told(sent.answer().head().translation());
        Answer answer = sent.answer().translated(translation).servedBy(servedBy).onEnd(this::ended);
        return Future.succeededFuture(new Sent(answer));
      } else if (result instanceof Refused refused) {
        call.attempts().end(attempt, null);
        return Future.succeededFuture(refused);
      }
      Throwable failed = cause == null ? new IllegalStateException("no result") : cause;
      close(InferenceException.failureOf(failed), Chunks.NONE, 0, charge);
      return Future.failedFuture(failed);
    }

    /** What the translation left out, and what the attempt did before. */
    private Translation told(Translation made) {
      if (attempt.dropped().isEmpty()) {
        return made;
      }
      List<String> dropped = new ArrayList<>(attempt.dropped());
      dropped.addAll(made.dropped());
      return new Translation(made.path(), dropped);
    }

    /** A broken stream is charged too: what was produced was paid for. */
    private End ended(End end) {
      AttemptCost cost = null;
      try {
        cost = charge(end.usage(), end.contentChars(), end.failure() == null);
      } finally {
        close(end.failure(), end.chunks(), end.droppedChunks(), cost);
      }
      return end.with(servedBy, end.totals());
    }

    private @Nullable AttemptCost charge(
        @Nullable Usage report, long contentChars, boolean complete) {
      Usage reported = report == null ? null : report.believed();
      if (attempt.asked().operation().free()) {
        return null;
      }
      Candidate candidate = attempt.candidate();
      Usage usage =
          reported != null && complete && isWhole(reported, contentChars)
              ? reported
              : orGuessed(
                  reported,
                  estimator.estimate(attempt.asked(), candidate.model(), contentChars),
                  contentChars,
                  complete);
      Usage priced = ServiceTier.assumed(usage, tier());
      return new AttemptCost(priced, prices.cost(candidate.provider(), candidate.model(), priced));
    }

    /** The tier that the provider was asked for. */
    private String tier() {
      List<String> dropped = translation.dropped();
      return dropped.contains("service_tier") || dropped.contains("speed")
          ? ""
          : attempt.asked().body().facts().tier();
    }

    private void close(
        @Nullable Failure failure, Chunks chunks, int droppedChunks, @Nullable AttemptCost charge) {
      Call asked = call.call();
      call.attempts()
          .end(
              attempt,
              new AttemptRecord(
                  attempt.candidate().provider(),
                  attempt.candidate().model(),
                  failure == null ? null : failure.kind(),
                  failure == null ? 200 : failure.providerStatus(),
                  failure == null ? "" : failure.message(),
                  asked.startedEpochNanos() + startedNanos - asked.startedNanos(),
                  ticker.nanos() - startedNanos,
                  attempt.trace().spanId(),
                  chunks,
                  droppedChunks,
                  translation,
                  charge));
    }
  }

  /** No prompt is free of tokens. */
  private static boolean isWhole(Usage reported, long contentChars) {
    return reported.promptTokens() > 0 && isCounted(reported, contentChars);
  }

  /** No text is free of tokens. */
  private static boolean isCounted(Usage answer, long contentChars) {
    return answer.completionTokens() > 0 || contentChars == 0;
  }

  /** A prompt that is a token at most may be counted as none; another one has not been counted. */
  private static Usage orGuessed(
      @Nullable Usage reported, Usage guess, long contentChars, boolean complete) {
    if (reported == null) {
      return guess;
    } else if (complete && guess.promptTokens() <= 1 && isCounted(reported, contentChars)) {
      return reported;
    }
    return complete ? reported.or(guess) : reported.atLeast(guess);
  }
}
