package dev.infermux.inbound.management;

import dev.infermux.dialect.openai.ErrorJson;
import dev.infermux.inbound.ErrorHeaders;
import dev.infermux.inbound.management.view.ConfigView;
import dev.infermux.inbound.management.view.JoinedProvider;
import dev.infermux.inbound.management.view.ProvidersView;
import dev.infermux.inbound.management.view.ReloadOutcome;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.stream.Collectors;

/** {@code POST reload}, and providers that are added and removed by hand. */
final class ConfigEndpoint implements ManagementEndpoint {

  private static final String INVALID = "invalid_configuration";

  private final ConfigView config;
  private final ProvidersView providers;
  private final Changes changes;

  ConfigEndpoint(ConfigView config, ProvidersView providers, Changes changes) {
    this.config = config;
    this.providers = providers;
    this.changes = changes;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.change("reload", this::reload);
    routes.change("providers", this::add);
    routes.remove("providers/:name", this::remove);
  }

  private void add(RoutingContext context) {
    Changes.send(context, 201, changes.body(context).compose(config::addProvider).map(this::added));
  }

  private JsonObject added(JoinedProvider joined) {
    return ProviderJson.of(providers.named(joined.name()).orElseThrow(), true)
        .put("warnings", new JsonArray(joined.warnings()));
  }

  private void remove(RoutingContext context) {
    String name = context.pathParam("name");
    Changes.send(
        context,
        200,
        config
            .removeProvider(name)
            .map(under -> new JsonObject().put("removed", name).put("in_flight", under)));
  }

  private void reload(RoutingContext context) {
    config
        .reload()
        .onSuccess(outcome -> send(context, outcome))
        .onFailure(cause -> Replies.error(context, InferenceException.failureOf(cause)));
  }

  private static void send(RoutingContext context, ReloadOutcome outcome) {
    if (outcome.status() == ReloadOutcome.Status.REJECTED) {
      refuse(context, outcome);
    } else {
      Replies.json(context, 200, json(outcome).toBuffer());
    }
  }

  private static void refuse(RoutingContext context, ReloadOutcome outcome) {
    String all =
        outcome.problems().stream()
            .map(ReloadOutcome.Problem::message)
            .collect(Collectors.joining("; "));
    Failure failure =
        outcome.source().isEmpty()
            ? new Failure.Unservable("no_configuration_file", 409, all)
            : new Failure.Unservable(
                INVALID, 422, outcome.source() + " is rejected, the former stays in force: " + all);
    JsonArray problems = new JsonArray();
    outcome
        .problems()
        .forEach(
            one ->
                problems.add(
                    new JsonObject().put("path", one.path()).put("message", one.message())));
    ErrorHeaders.set(failure, context.response().headers());
    JsonObject body =
        new JsonObject(ErrorJson.of(failure))
            .put("problems", problems)
            .put("warnings", new JsonArray(outcome.warnings()));
    Replies.json(context, failure.status(), body.toBuffer());
  }

  private static JsonObject json(ReloadOutcome outcome) {
    JsonArray waiting = new JsonArray();
    outcome
        .afterRestart()
        .forEach(one -> waiting.add(new JsonObject().put("key", one.key()).put("why", one.why())));
    ReloadOutcome.Providers providers = outcome.providers();
    return new JsonObject()
        .put("status", outcome.status().wireName())
        .put("source", outcome.source())
        .put("changed", new JsonArray(outcome.changed()))
        .put("needs_restart", waiting)
        .put(
            "providers",
            new JsonObject()
                .put("added", new JsonArray(providers.added()))
                .put("removed", new JsonArray(providers.removed()))
                .put("changed", new JsonArray(providers.changed()))
                .put("runtime", new JsonArray(providers.runtime())))
        .put("warnings", new JsonArray(outcome.warnings()));
  }
}
