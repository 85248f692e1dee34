package dev.infermux.inference;

/**
 * What kind of thing went wrong in one attempt; retry, failover and circuits decide on it alone.
 */
public enum FailureClass {
  /** Refused, reset or failed TLS before an answer. */
  CONNECTION("connection"),
  /** A 5xx. */
  SERVER_ERROR("server_error"),
  /** An answer that was paid for and is not what the dialect promises. */
  MALFORMED("malformed"),
  /** A 429. */
  RATE_LIMITED("rate_limited"),
  /** The account behind the credential is spent: a 402, or a quota or spend-limit code. */
  QUOTA("quota"),
  /** No headers, no first token or no next chunk in time. */
  SILENCE("silence"),
  /** 401 or 403 to the gateway's own key. */
  UNAUTHORIZED("unauthorized"),
  /** The provider does not know the model: a 404. */
  NOT_FOUND("not_found"),
  /** The provider takes no request of that size: a 413. */
  TOO_LARGE("too_large"),
  /** The provider could not take the request just then: a 408, 409 or 425. */
  TRANSIENT("transient"),
  /** The prompt does not fit this model. */
  CONTEXT_LENGTH("context_length"),
  /** The provider's API cannot be asked that; nothing was sent. */
  UNTRANSLATABLE("untranslatable"),
  /** The gateway's own host has no room for the attempt; nothing was sent. */
  LOCAL_SHORTAGE("local_shortage"),
  /** A 4xx that is the caller's own fault, content filters included. */
  CALLER_FAULT("caller_fault"),
  /** A stream that ended before its terminal event. */
  CUT("cut"),
  /** The caller left or the deadline passed. */
  CANCELLED("cancelled");

  private final String wireName;

  FailureClass(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /**
   * Whether the provider's words are about the call, so that the caller reads them where everybody
   * else fails too.
   */
  public boolean aboutCall() {
    return this == NOT_FOUND || this == TOO_LARGE || this == TRANSIENT || this == CONTEXT_LENGTH;
  }
}
