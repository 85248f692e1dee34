package dev.infermux.inference;

/** The rows of the error table of docs/api.md: a code and its HTTP status. */
public enum ErrorCode {
  INVALID_REQUEST("invalid_request", 400),
  INVALID_API_KEY("invalid_api_key", 401),
  MODEL_NOT_FOUND("model_not_found", 404),
  REQUEST_TOO_LARGE("request_too_large", 413),
  OVERLOADED("overloaded", 503),
  NO_HEALTHY_PROVIDERS("no_healthy_providers", 503),
  BUDGET_EXCEEDED("budget_exceeded", 429),
  CALLER_RATE_LIMIT("caller_rate_limit", 429),
  UNPRICED_MODEL("unpriced_model", 403),
  MODEL_NOT_ALLOWED("model_not_allowed", 403),
  RATE_LIMIT("rate_limit", 429),
  INSUFFICIENT_QUOTA("insufficient_quota", 429),
  UPSTREAM_ERROR("upstream_error", 502),
  UPSTREAM_TIMEOUT("upstream_timeout", 504),
  CANCELLED("cancelled", 499),
  INTERNAL("internal", 500);

  private final String wireName;
  private final int status;

  ErrorCode(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /** Why nobody was asked, as its caller is told. */
  static ErrorCode of(Exclusion why) {
    return switch (why) {
      case RATE_LIMIT -> RATE_LIMIT;
      case QUOTA -> INSUFFICIENT_QUOTA;
      default -> NO_HEALTHY_PROVIDERS;
    };
  }

  public String wireName() {
    return wireName;
  }

  public int status() {
    return status;
  }
}
