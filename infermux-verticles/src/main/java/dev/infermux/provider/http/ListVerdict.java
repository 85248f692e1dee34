package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;

/** What the status of a list of models says: whether calls would be answered. */
record ListVerdict(ProviderFailures failures) {

  Future<Void> of(int status) {
    if ((status >= 200 && status < 300) || status == 404 || status == 405) {
      return Future.succeededFuture();
    } else if (status == 401 || status == 403) {
      return failed(FailureClass.UNAUTHORIZED, status, "; check its api_key");
    } else if (status == 429) {
      return failed(FailureClass.RATE_LIMITED, status, "");
    } else if (status >= 300 && status < 400) {
      return failed(
          FailureClass.MALFORMED,
          status,
          ", a redirect, which is never followed; check its base_url");
    }
    return failed(FailureClass.SERVER_ERROR, status, " to GET /models");
  }

  private Future<Void> failed(FailureClass kind, int status, String more) {
    String message = failures.named("answered " + status + more);
    return Future.failedFuture(
        new InferenceException(new UpstreamError(kind, status, message, null)));
  }
}
