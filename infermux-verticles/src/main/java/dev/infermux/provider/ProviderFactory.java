package dev.infermux.provider;

import dev.infermux.spi.Provider;
import io.vertx.core.Vertx;

/** Makes the provider of one cell; called on that cell's event loop. */
public interface ProviderFactory {
  Provider create(Vertx vertx, ProviderOptions options);
}
