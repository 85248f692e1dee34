package example;

import dev.infermux.InferMux;
import dev.infermux.InferMuxOptions;
import dev.infermux.config.Config;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One InferMux for the application, on a Vert.x of its own. */
@Configuration(proxyBeanMethods = false)
class InferMuxConfiguration {

  private static final Duration GRACE = Duration.ofSeconds(20);

  @Bean(destroyMethod = "")
  Vertx vertx() {
    return Vertx.vertx();
  }

  /** A failed {@code ConfigException} ends the start with all problems and their paths. */
  @Bean(destroyMethod = "")
  InferMux inferMux(
      Vertx vertx, @Value("${openai.api-key:}") String key, ObjectProvider<InferMuxOptions> own) {
    Config config = Config.defaults();
    if (!key.isEmpty()) {
      config =
          config.withProvider(
              ProviderOptions.of("openai", ProviderType.OPENAI)
                  .withApiKey(Secret.of(key))
                  .withModels("gpt-4o-mini"));
    }
    return InferMux.create(vertx, config, own.getIfAvailable(InferMuxOptions::defaults)).await();
  }

  /** Lets calls in flight end, then flushes the spans and ends the event loops. */
  @Bean
  DisposableBean inferMuxEnd(Vertx vertx, InferMux inferMux) {
    return () ->
        inferMux
            .drain(GRACE)
            .eventually(inferMux::close)
            .eventually(vertx::close)
            .await(GRACE.toSeconds() + 10, TimeUnit.SECONDS);
  }
}
