package dev.infermux.mist;

import java.util.Optional;

/** The error codes that the tools of the family share. */
public enum MistErrorCode {
  INTERNAL("internal", 500, false),
  TIMEOUT("timeout", 504, true),
  CANCELLED("cancelled", 499, false),
  TRANSPORT("transport", 500, true),
  PROTOCOL("protocol", 500, false),
  VALIDATION("validation", 400, false),
  NOT_FOUND("not_found", 404, false),
  UNAVAILABLE("unavailable", 503, true),
  RATE_LIMIT("rate_limit", 429, true),
  AUTH("auth", 401, false),
  CONFLICT("conflict", 409, false);

  private final String code;
  private final int status;
  private final boolean retryable;

  MistErrorCode(String code, int status, boolean retryable) {
    this.code = code;
    this.status = status;
    this.retryable = retryable;
  }

  /** The code as it is written on the wire. */
  public String code() {
    return code;
  }

  /** The HTTP status that goes with the code. */
  public int status() {
    return status;
  }

  /** Whether the same message may be sent again with a hope of success. */
  public boolean retryable() {
    return retryable;
  }

  /** The constant for a code on the wire; empty for codes of a tool's own. */
  public static Optional<MistErrorCode> of(String code) {
    for (MistErrorCode candidate : values()) {
      if (candidate.code.equals(code)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
