package dev.infermux.provider.openai;

import dev.infermux.provider.BehavioursContract;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MockUpstream;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Over a real socket. */
class OpenAiBehavioursTest extends BehavioursContract {

  private MockUpstream upstream;

  @BeforeEach
  void openUpstream(Vertx vertx) {
    upstream = MockUpstream.start(vertx).plays(mock);
  }

  @AfterEach
  void closeUpstream() {
    upstream.close();
  }

  @Override
  protected ProviderType type() {
    return ProviderType.OPENAI;
  }

  @Override
  protected Provider provider(Vertx vertx, ProviderOptions options) {
    return new OpenAiProvider(
        vertx, VertxTimers.time(vertx), options.withBaseUrl(upstream.baseUrl()));
  }
}
