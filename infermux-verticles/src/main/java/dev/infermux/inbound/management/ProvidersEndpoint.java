package dev.infermux.inbound.management;

import dev.infermux.inbound.HeaderText;
import dev.infermux.inbound.management.view.CircuitAction;
import dev.infermux.inbound.management.view.ConfigView;
import dev.infermux.inbound.management.view.ProviderStatus;
import dev.infermux.inbound.management.view.ProvidersView;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.UnknownProvider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** {@code providers}, {@code providers/{name}} and what can be done to a provider's circuit. */
final class ProvidersEndpoint implements ManagementEndpoint {

  private static final String NAME = "name";

  private final ProvidersView providers;
  private final ConfigView config;

  ProvidersEndpoint(ProvidersView providers, ConfigView config) {
    this.providers = providers;
    this.config = config;
  }

  @Override
  public void register(HttpRoutes routes) {
    routes.get("providers", this::all);
    routes.get("providers/:name", context -> row(context, providers.named(name(context))));
    for (CircuitAction action : CircuitAction.values()) {
      routes.change(
          "providers/:name/circuit/" + action.wireName(),
          context -> row(context, providers.turn(name(context), action)));
    }
  }

  private void all(RoutingContext context) {
    JsonArray rows = new JsonArray();
    providers.all().forEach(status -> rows.add(json(status)));
    Replies.json(context, 200, rows.toBuffer());
  }

  private void row(RoutingContext context, Optional<ProviderStatus> status) {
    Replies.json(context, 200, json(status.orElseThrow(() -> unknown(name(context)))).toBuffer());
  }

  private JsonObject json(ProviderStatus status) {
    return ProviderJson.of(status, config.addedAtRuntime(status.name()));
  }

  private static String name(RoutingContext context) {
    return context.pathParam(NAME);
  }

  private InferenceException unknown(String name) {
    return new InferenceException(
        new Failure.Unservable(
            "not_found",
            404,
            UnknownProvider.text(
                HeaderText.of(name), providers.all().stream().map(ProviderStatus::name))));
  }
}
