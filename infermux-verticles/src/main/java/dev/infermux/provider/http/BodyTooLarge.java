package dev.infermux.provider.http;

/** More bytes than may be kept. */
final class BodyTooLarge extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BodyTooLarge(int limit) {
    super(
        "an answer of more than " + limit + " bytes (limits.max_answer_bytes)", null, false, false);
  }
}
