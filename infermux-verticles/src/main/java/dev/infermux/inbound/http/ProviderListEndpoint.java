package dev.infermux.inbound.http;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.auth.Authenticator.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /providers}: the providers in declared order, as far as this caller may ask them. */
final class ProviderListEndpoint implements HttpEndpoint {

  private final Supplier<List<ListedProvider>> providers;

  ProviderListEndpoint(Supplier<List<ListedProvider>> providers) {
    this.providers = providers;
  }

  @Override
  public void serve(HttpExchange exchange, Caller caller) {
    JsonArray rows = new JsonArray();
    for (ListedProvider row : ListedProvider.visible(providers.get(), caller::mayAskFor)) {
      rows.add(new JsonObject().put("name", row.name()).put("models", new JsonArray(row.models())));
    }
    exchange.json(200, new JsonObject().put("providers", rows).toBuffer());
  }
}
