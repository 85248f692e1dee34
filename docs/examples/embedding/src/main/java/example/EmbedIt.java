package example;

import dev.infermux.InferMux;
import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.inference.Secret;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;

/** The shortest program: the README shows what stands between the marks. */
public final class EmbedIt {

  private EmbedIt() {}

  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    // embed it
    var openai =
        ProviderOptions.of("openai", ProviderType.OPENAI)
            .withApiKey(Secret.of(System.getenv("OPENAI_API_KEY")))
            .withModels("gpt-4o-mini");
    InferMux.create(vertx, Config.defaults().withProvider(openai))
        .compose(infermux -> infermux.chat(ChatRequest.of("gpt-4o-mini", "The capital of France?")))
        .onSuccess(
            answer -> System.out.println(answer.content() + " for $" + answer.meta().costUsd()))
        .onFailure(cause -> System.err.println(cause.getMessage()))
        // end
        .eventually(vertx::close);
  }
}
