package dev.infermux.tokentrace.testing;

import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;

/** How a stand-in behaves: as it should, answering a fixed status, or never. */
final class Mood {
  private static final int WELL = 0;
  private static final int SILENT = -1;

  private final AtomicInteger status = new AtomicInteger(WELL);

  void well() {
    status.set(WELL);
  }

  void silent() {
    status.set(SILENT);
  }

  void answers(int httpStatus) {
    status.set(httpStatus);
  }

  /** Whether the mood has dealt with the request, by an answer or by none. */
  boolean spoiled(HttpServerRequest request) {
    int now = status.get();
    if (now > WELL) {
      request.response().setStatusCode(now).putHeader("retry-after", "0").end("in a mood");
    }
    return now != WELL;
  }
}
