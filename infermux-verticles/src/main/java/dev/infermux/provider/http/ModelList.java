package dev.infermux.provider.http;

import dev.infermux.dialect.ModelNames;
import dev.infermux.dialect.ProviderFailures;
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

  private final ListVerdict verdict;

  public ModelList(ProviderFailures failures) {
    this.verdict = new ListVerdict(failures);
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
    return reply(upstream, list, check).compose(reply -> verdict.of(reply.status()));
  }

  /** The same, and where there is no list, whether there is one elsewhere. */
  public Future<Void> ask(
      Upstream upstream, RequestOptions list, Elsewhere elsewhere, HealthCheck check) {
    return reply(upstream, list, check)
        .compose(
            reply ->
                reply.status() == NOT_FOUND
                    ? look(upstream, elsewhere, check)
                    : verdict.of(reply.status()));
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
}
