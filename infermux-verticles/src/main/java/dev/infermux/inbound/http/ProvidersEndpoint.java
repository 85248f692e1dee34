package dev.infermux.inbound.http;

import dev.infermux.inbound.ProviderRow;
import dev.infermux.inbound.http.auth.Gate;
import dev.infermux.inbound.http.exchange.Exchange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** {@code GET /providers}: who is there, in declared order. */
final class ProvidersEndpoint implements Endpoint {

  private final Gate gate;
  private final Supplier<List<ProviderRow>> providers;

  ProvidersEndpoint(Gate gate, Supplier<List<ProviderRow>> providers) {
    this.gate = gate;
    this.providers = providers;
  }

  @Override
  public void serve(Exchange exchange) {
    gate.admit(exchange.request().headers());
    JsonArray rows = new JsonArray();
    for (ProviderRow row : providers.get()) {
      rows.add(new JsonObject().put("name", row.name()).put("models", new JsonArray(row.models())));
    }
    exchange.json(200, new JsonObject().put("providers", rows).toBuffer());
  }
}
