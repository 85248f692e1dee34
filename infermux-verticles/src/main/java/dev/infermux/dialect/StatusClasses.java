package dev.infermux.dialect;

import dev.infermux.inference.FailureClass;

/** Decides the class of an error of a provider's from its status and what its body says. */
final class StatusClasses {

  private StatusClasses() {}

  /**
   * The class.
   *
   * @param status of the answer, or the one that the error stands for inside a stream
   * @param callersKey whether the provider was asked with the caller's own key
   */
  static FailureClass of(int status, ProviderError error, boolean callersKey) {
    if (status < 400) {
      return FailureClass.MALFORMED;
    } else if (aboutPrompt(status) && error.contextLength()) {
      return FailureClass.CONTEXT_LENGTH;
    } else if (status >= 500) {
      return FailureClass.SERVER_ERROR;
    } else if (status == 402 || error.quota()) {
      return FailureClass.QUOTA;
    } else if (status == 429) {
      return FailureClass.RATE_LIMITED;
    } else if (error.contentFilter()) {
      return FailureClass.CALLER_FAULT;
    }
    return byStatus(status, error, callersKey);
  }

  /** Servers of one's own fail with a 500 of a prompt that is too long. */
  private static boolean aboutPrompt(int status) {
    return status == 400 || status == 413 || status == 422 || status == 500;
  }

  private static FailureClass byStatus(int status, ProviderError error, boolean callersKey) {
    // Google's 400 may be about the key.
    int meant = status == 400 && error.refusesKey() ? 401 : status;
    return switch (meant) {
      case 401, 403 -> callersKey ? FailureClass.CALLER_FAULT : FailureClass.UNAUTHORIZED;
      case 408, 409, 425 -> FailureClass.TRANSIENT;
      case 413 -> FailureClass.TOO_LARGE;
      case 404 -> error.aboutModel() ? FailureClass.NOT_FOUND : FailureClass.CALLER_FAULT;
      default -> error.notFound() ? FailureClass.NOT_FOUND : FailureClass.CALLER_FAULT;
    };
  }
}
