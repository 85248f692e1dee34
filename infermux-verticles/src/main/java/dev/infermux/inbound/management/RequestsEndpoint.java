package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.RequestsView;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.json.JsonWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code requests} and {@code requests/{id}}: what became of the calls that finished last. */
final class RequestsEndpoint implements ManagementEndpoint {

  private static final int FEW = 50;
  private static final String LIMIT = "limit";

  private final RequestsView requests;

  RequestsEndpoint(RequestsView requests) {
    this.requests = requests;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.records("requests", this::last);
    routes.records("requests/:id", this::one);
  }

  private void last(RoutingContext context) {
    int most = requests.capacity();
    int limit = Query.of(context, LIMIT).integer(LIMIT, Math.min(FEW, most), most);
    byte[] json =
        JsonWriter.object().objects("requests", requests.last(limit), RequestJson::fill).end();
    Replies.json(context, 200, Buffer.buffer(json));
  }

  private void one(RoutingContext context) {
    Query.of(context);
    String id = context.pathParam("id");
    Optional<FinishedCall> known = requests.named(id);
    if (known.isPresent()) {
      show(context, known.get());
      return;
    }
    requests
        .settled()
        .map(done -> requests.named(id).orElseThrow(() -> gone(id)))
        .onSuccess(call -> show(context, call))
        .onFailure(cause -> Replies.error(context, InferenceException.failureOf(cause)));
  }

  private static void show(RoutingContext context, FinishedCall call) {
    JsonWriter json = JsonWriter.object();
    RequestJson.fill(json, call);
    Replies.json(context, 200, Buffer.buffer(json.end()));
  }

  private InferenceException gone(String id) {
    return new InferenceException(
        new Failure.Unservable(
            "not_found",
            404,
            "request: "
                + Query.quoted(id)
                + " (expected: one of the last "
                + requests.capacity()
                + " that have finished)"));
  }
}
