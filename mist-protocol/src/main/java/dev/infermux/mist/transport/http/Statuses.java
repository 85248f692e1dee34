package dev.infermux.mist.transport.http;

import dev.infermux.mist.MistErrorCode;

/** What an HTTP status means to a sender. */
final class Statuses {

  private Statuses() {}

  static MistErrorCode code(int status) {
    return switch (status) {
      case 400, 413, 415, 422 -> MistErrorCode.VALIDATION;
      case 401, 403 -> MistErrorCode.AUTH;
      case 404, 405 -> MistErrorCode.NOT_FOUND;
      case 408, 504 -> MistErrorCode.TIMEOUT;
      case 409 -> MistErrorCode.CONFLICT;
      case 429 -> MistErrorCode.RATE_LIMIT;
      case 503 -> MistErrorCode.UNAVAILABLE;
      default -> MistErrorCode.TRANSPORT;
    };
  }
}
