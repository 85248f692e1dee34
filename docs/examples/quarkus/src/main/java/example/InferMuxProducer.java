package example;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One InferMux for the application, on a Vert.x of its own. */
@Singleton
public class InferMuxProducer {

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();

  @ConfigProperty(name = "openai.api-key")
  Optional<String> key;

  /** A singleton: a scope with proxies would need a class that can be extended. */
  @Produces
  @Singleton
  InferMux inferMux(Instance<InferMuxOptions> own) {
    Config config =
        key.map(
                text ->
                    Config.defaults()
                        .withProvider(
                            ProviderOptions.of("openai", ProviderType.OPENAI)
                                .withApiKey(Secret.of(text))
                                .withModels("gpt-4o-mini")))
            .orElse(Config.defaults());
    InferMuxOptions options = own.isUnsatisfied() ? InferMuxOptions.defaults() : own.get();
    return InferMux.create(vertx, config, options).await();
  }

  /** Lets calls in flight end, then flushes the spans and ends the event loops. */
  void end(@Disposes InferMux inferMux) throws Exception {
    inferMux
        .drain(GRACE)
        .eventually(inferMux::close)
        .eventually(vertx::close)
        .await(GRACE.toSeconds() + 10, TimeUnit.SECONDS);
  }
}
