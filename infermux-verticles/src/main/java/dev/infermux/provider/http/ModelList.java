package dev.infermux.provider.http;

import dev.infermux.dialect.ModelNames;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.InferenceException;
import dev.infermux.spi.HealthCheck;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.RequestOptions;

/**
 * What the answer to {@code GET /models} says of the API behind it. A server without such a list is
 * reached all the same, so that 404 and 405 are no failures.
 */
public final class ModelList {

  private static final int NOT_FOUND = 404;

  private final ProviderFailures failures;

  public ModelList(ProviderFailures failures) {
    this.failures = failures;
  }

  /** What a provider has answered. */
  record Reply(int status, Buffer body) {}

  /**
   * Where the list may be as well, if the base URL lacks a part of its path.
   *
   * @param list asks for it there
   * @param baseUrl the one that would be right then
   */
  public record Elsewhere(RequestOptions list, String baseUrl) {}

  /** Asks for the list; fails where calls would not be answered. The check ends it in time. */
  public Future<Void> ask(Upstream upstream, RequestOptions list, HealthCheck check) {
    return reply(upstream, list, check).compose(reply -> judge(reply.status()));
  }

  /** The same, and where there is no list, whether there is one elsewhere. */
  public Future<Void> ask(
      Upstream upstream, RequestOptions list, Elsewhere elsewhere, HealthCheck check) {
    return reply(upstream, list, check)
        .compose(
            reply ->
                reply.status() == NOT_FOUND
                    ? look(upstream, elsewhere, check)
                    : judge(reply.status()));
  }

  private static Future<Reply> reply(Upstream upstream, RequestOptions list, HealthCheck check) {
    return upstream
        .status(list, check.cancellation())
        .onSuccess(
            reply -> {
              if (reply.status() >= 200 && reply.status() < 300) {
                check.findings().listed(ModelNames.of(reply.body()));
              }
            });
  }

  /** An API without a list is well, so this decides nothing. */
  private static Future<Void> look(Upstream upstream, Elsewhere elsewhere, HealthCheck check) {
    return upstream
        .status(elsewhere.list(), check.cancellation())
        .onSuccess(
            reply -> {
              if (reply.status() != NOT_FOUND && reply.status() != 405 && reply.status() < 500) {
                check
                    .findings()
                    .advise(
                        "base_url: its list of models answers 404; did you mean "
                            + elsewhere.baseUrl()
                            + "?");
              }
            })
        .transform(any -> Future.succeededFuture());
  }

  Future<Void> judge(int status) {
    if ((status >= 200 && status < 300) || status == NOT_FOUND || status == 405) {
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
