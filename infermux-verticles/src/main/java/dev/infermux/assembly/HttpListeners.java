package dev.infermux.assembly;

import dev.infermux.config.Config;
import dev.infermux.inbound.ListedProvider;
import dev.infermux.inbound.ListenAddress;
import dev.infermux.inbound.http.HttpApiFactory;
import dev.infermux.inbound.management.ManagementApi;
import dev.infermux.inbound.management.ManagementVerticle;
import dev.infermux.provider.RegisteredProvider;
import dev.infermux.provider.guard.Registry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP listeners of one InferMux. Safe on any thread.
 *
 * @param management serves {@code /_infermux/*}
 * @param managementListen null = on the address of the others
 */
record HttpListeners(
    HttpApiFactory http, ManagementApi management, @Nullable ListenAddress managementListen) {

  /** Of an InferMux that runs from this moment on. */
  static HttpListeners of(
      Config config, Registry registry, ManagementApi management, PongSupplier pulse) {
    HttpApiFactory http =
        new HttpApiFactory(
            config.http(),
            () -> providers(registry),
            pulse,
            Instant.now().getEpochSecond(),
            config.managementListen() == null ? management : null);
    return new HttpListeners(http, management, config.managementListen());
  }

  /**
   * Opens the management listener; its port, or null when it has none of its own. Called on a
   * cell's context, so that it is deployed below the cells and leaves with them.
   */
  Future<@Nullable Integer> listenManagement(Vertx vertx) {
    if (managementListen == null) {
      return Future.succeededFuture();
    }
    ManagementVerticle verticle = new ManagementVerticle(managementListen, management);
    return vertx.deployVerticle(verticle).map(id -> verticle.port());
  }

  /**
   * What callers may ask each provider for: its models, then the aliases that are not among them.
   */
  private static List<ListedProvider> providers(Registry registry) {
    List<ListedProvider> rows = new ArrayList<>();
    for (RegisteredProvider provider : registry.snapshot().providers()) {
      Set<String> models = new LinkedHashSet<>();
      if (provider.options().models() != null) {
        models.addAll(provider.options().models());
      }
      models.addAll(provider.options().modelAliases().keySet());
      rows.add(new ListedProvider(provider.name(), List.copyOf(models)));
    }
    return rows;
  }
}
