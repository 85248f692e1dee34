package dev.infermux.pipeline;

import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;

/** What an attempt's record keeps of its failure. */
final class FailureFacts {

  private FailureFacts() {}

  static FailureClass kindOf(Failure failure) {
    if (failure instanceof Failure.UpstreamError error) {
      return error.kind();
    } else if (failure instanceof Failure.ProviderRejected rejected) {
      return rejected.kind();
    } else if (failure instanceof Failure.UpstreamTimeout) {
      return FailureClass.SILENCE;
    } else if (failure instanceof Failure.Cancelled) {
      return FailureClass.CANCELLED;
    }
    return FailureClass.MALFORMED;
  }

  /** The provider's HTTP status; 0 when it sent none. */
  static int providerStatusOf(Failure failure) {
    if (failure instanceof Failure.UpstreamError error) {
      return error.providerStatus();
    }
    return failure instanceof Failure.ProviderRejected rejected ? rejected.status() : 0;
  }
}
