package dev.infermux.pipeline;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.ErrorCode;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.policy.ratelimit.CallerLimiter;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.policy.ratelimit.RateLimitReservation;
import dev.infermux.provider.guard.TokenEstimate;
import io.vertx.core.Future;

/** Refuses what is beyond the caller's own limits, before it costs a budget or a provider. */
final class CallerLimitStage implements Stage {

  private final CallerLimits limits;
  private final Stage next;

  CallerLimitStage(CallerLimits limits, Stage next) {
    this.limits = limits;
    this.next = next;
  }

  @Override
  public Future<Answer> run(CallContext context) {
    Call call = context.call();
    CallerLimiter limiter = limits.of(call.attribution().caller());
    if (limiter == null) {
      return next.run(context);
    }
    long tokens = TokenEstimate.of(call);
    RateLimitReservation reserved = limiter.enter(tokens);
    if (reserved == null) {
      return Future.failedFuture(refused(call, limiter.refusal(tokens)));
    }
    return next.guarded(context)
        .transform(
            (answer, cause) -> {
              if (answer == null) {
                reserved.settle(0);
                return Future.failedFuture(cause);
              }
              return Future.succeededFuture(
                  answer.onEnd(
                      end -> {
                        reserved.settle(TokenEstimate.taken(call, end));
                        return end;
                      }));
            });
  }

  private static InferenceException refused(Call call, CallerLimiter.Refusal refusal) {
    return new InferenceException(
        new Failure.RateLimited(
            ErrorCode.CALLER_RATE_LIMIT,
            "caller \""
                + call.attribution().caller()
                + "\" is at its limit of "
                + refusal.limit()
                + " (limits.per_caller, or the limits of its key)",
            refusal.retryAfter()));
  }
}
