package dev.infermux.provider.http;

import dev.infermux.dialect.ModelNames;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the answer to {@code GET /models} says of the API behind it. A server without such a list is
 * reached all the same, so that 404 and 405 are no failures.
 */
public final class ModelList {

  private final ProviderFailures failures;

  public ModelList(ProviderFailures failures) {
    this.failures = failures;
  }

  /** What a provider has answered. */
  record Reply(int status, Buffer body) {}

  /**
   * Asks for the list; fails where calls would not be answered.
   *
   * @param names told those in the list
   * @param cancellation the only deadline it has
   */
  public Future<Void> ask(
      Upstream upstream,
      RequestOptions list,
      Consumer<List<String>> names,
      Cancellation cancellation) {
    return upstream
        .status(list, cancellation)
        .compose(
            reply -> {
              if (reply.status() >= 200 && reply.status() < 300) {
                names.accept(ModelNames.of(reply.body()));
              }
              return judge(reply.status());
            });
  }

  Future<Void> judge(int status) {
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
