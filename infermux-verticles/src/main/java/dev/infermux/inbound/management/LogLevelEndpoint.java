package dev.infermux.inbound.management;

import dev.infermux.inbound.management.view.ConfigView;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/** {@code log-level}: the least important that is logged, read and changed. */
final class LogLevelEndpoint implements ManagementEndpoint {

  private static final String LEVEL = "level";

  private final ConfigView config;
  private final Changes changes;

  LogLevelEndpoint(ConfigView config, Changes changes) {
    this.config = config;
    this.changes = changes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get(
        "log-level",
        context -> Changes.send(context, 200, Future.succeededFuture(json(config.logLevel()))));
    routes.change("log-level", this::change);
    routes.replace("log-level", this::change);
  }

  private void change(RoutingContext context) {
    Future<String> changed =
        changes
            .body(context)
            .compose(
                body ->
                    body.fieldNames().equals(Set.of(LEVEL))
                        ? config.logLevel(String.valueOf(body.getValue(LEVEL)))
                        : Future.failedFuture(unlike(body)));
    Changes.send(context, 200, changed.map(LogLevelEndpoint::json));
  }

  private static InferenceException unlike(JsonObject body) {
    return new InferenceException(
        new Failure.InvalidRequest(
            "body: " + body.fieldNames() + " (expected: {\"level\": \"debug\"}, or another level)",
            LEVEL));
  }

  private static JsonObject json(String level) {
    return new JsonObject().put(LEVEL, level);
  }
}
