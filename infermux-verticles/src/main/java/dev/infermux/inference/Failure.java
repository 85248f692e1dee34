package dev.infermux.inference;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a call failed: one record a row of the error table in docs/api.md. */
public sealed interface Failure extends FailureFacts {

  /** Malformed JSON, a missing or mistyped field, an insane header. */
  record InvalidRequest(String message, @Nullable String param) implements Failure {
    public InvalidRequest {
      message = QuotedText.message(message);
      param = param == null ? null : QuotedText.name(param);
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.INVALID_REQUEST;
    }
  }

  /** The API of the provider that was chosen cannot be asked that; another one's may. */
  record Untranslatable(String message, @Nullable String param) implements Failure {
    public Untranslatable {
      message = QuotedText.message(message);
      param = param == null ? null : QuotedText.name(param);
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.INVALID_REQUEST;
    }

    @Override
    public FailureClass kind() {
      return FailureClass.UNTRANSLATABLE;
    }
  }

  /**
   * The caller's key is missing or wrong.
   *
   * @param challenge how it is to be shown, as {@code WWW-Authenticate} has it
   */
  record InvalidApiKey(String message, String challenge) implements Failure {

    /** Of a key that comes as bearer token. */
    public InvalidApiKey(String message) {
      this(message, BEARER);
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.INVALID_API_KEY;
    }
  }

  /** No configured provider serves the model. */
  record ModelNotFound(String message) implements Failure {
    public ModelNotFound {
      message = QuotedText.message(message);
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.MODEL_NOT_FOUND;
    }

    @Override
    public String param() {
      return "model";
    }
  }

  /** The body is over {@code limits.max_body_bytes}. */
  record RequestTooLarge(String message) implements Failure {
    @Override
    public ErrorCode row() {
      return ErrorCode.REQUEST_TOO_LARGE;
    }
  }

  /** The gateway itself sheds load. */
  record Overloaded(String message, Duration retryAfter) implements Failure {
    @Override
    public ErrorCode row() {
      return ErrorCode.OVERLOADED;
    }
  }

  /** Nothing that serves the model may be called now. */
  record NoHealthyProviders(String message, @Nullable Duration retryAfter) implements Failure {
    @Override
    public ErrorCode row() {
      return ErrorCode.NO_HEALTHY_PROVIDERS;
    }
  }

  /**
   * A provider's guard refused the attempt and sent nothing: another one can be tried at no risk.
   */
  record NotAdmitted(String provider, Exclusion why, @Nullable Duration retryAfter)
      implements Failure {
    @Override
    public ErrorCode row() {
      return ErrorCode.of(why);
    }

    @Override
    public String message() {
      return "provider \"" + provider + "\": " + why.wireName();
    }
  }

  /**
   * The call does not fit its caller's budget, or no price says whether it does.
   *
   * @param reason which it is, where several nodes share the budget
   * @param retryAfter null = no retry will do better
   */
  record BudgetExceeded(
      ErrorCode row, String message, @Nullable String reason, @Nullable Duration retryAfter)
      implements Failure {
    public BudgetExceeded(String message) {
      this(ErrorCode.BUDGET_EXCEEDED, message, null, null);
    }

    /** No provider would do better, and none is to blame. */
    @Override
    public FailureClass kind() {
      return FailureClass.CALLER_FAULT;
    }

    @Override
    public boolean worthRetrying() {
      return retryAfter != null;
    }
  }

  /** Every provider that serves the model is at its rate limit, or the caller at one of its own. */
  record RateLimited(ErrorCode row, String message, @Nullable Duration retryAfter)
      implements Failure {}

  /** The caller's own deadline passed before there was an answer. */
  record DeadlinePassed(String message) implements Failure {
    @Override
    public FailureClass kind() {
      return FailureClass.CANCELLED;
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.UPSTREAM_TIMEOUT;
    }
  }

  /**
   * The provider failed or answered nonsense.
   *
   * @param providerStatus the provider's HTTP status, 0 when it sent none
   */
  record UpstreamError(
      FailureClass kind,
      int providerStatus,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Boolean shouldRetry,
      int providersTried)
      implements Failure {

    public UpstreamError(
        FailureClass kind, int providerStatus, String message, @Nullable Duration retryAfter) {
      this(kind, providerStatus, message, retryAfter, null, 1);
    }

    @Override
    public ErrorCode row() {
      return switch (kind) {
        case RATE_LIMITED -> ErrorCode.RATE_LIMIT;
        case QUOTA -> ErrorCode.INSUFFICIENT_QUOTA;
        default -> ErrorCode.UPSTREAM_ERROR;
      };
    }

    @Override
    public boolean worthRetrying() {
      return kind == FailureClass.RATE_LIMITED && !forbidsRetry();
    }
  }

  /** The provider ran past its timeout. */
  record UpstreamTimeout(String message, int providersTried) implements Failure {

    public UpstreamTimeout(String message) {
      this(message, 1);
    }

    @Override
    public FailureClass kind() {
      return FailureClass.SILENCE;
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.UPSTREAM_TIMEOUT;
    }
  }

  /**
   * The provider blames the caller; its status and message pass on.
   *
   * @param code the provider's own code, else {@code upstream_rejected}
   */
  record ProviderRejected(
      FailureClass kind,
      int status,
      String code,
      String message,
      @Nullable String param,
      @Nullable Duration retryAfter,
      @Nullable Boolean shouldRetry)
      implements Failure {

    public ProviderRejected(
        FailureClass kind, int status, String code, String message, @Nullable String param) {
      this(kind, status, code, message, param, null, null);
    }

    @Override
    public int providerStatus() {
      return status;
    }
  }

  /** The caller disconnected before the end; only listeners see this. */
  record Cancelled(String message) implements Failure {
    @Override
    public FailureClass kind() {
      return FailureClass.CANCELLED;
    }

    @Override
    public ErrorCode row() {
      return ErrorCode.CANCELLED;
    }
  }

  /** A request that no listener can serve: an unknown route, a wrong method, an encoding. */
  record Unservable(String code, int status, String message) implements Failure {}

  /** A failure of MIST's: one that another node reported, or an answer that no message carries. */
  record Remote(String code, int status, String message, boolean worthRetrying)
      implements Failure {}

  /** A bug of ours; the log has the details. */
  record Internal(String message) implements Failure {
    @Override
    public ErrorCode row() {
      return ErrorCode.INTERNAL;
    }
  }
}
