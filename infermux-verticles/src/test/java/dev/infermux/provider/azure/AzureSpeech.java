package dev.infermux.provider.azure;

import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.provider.http.ApiRequests.KeyHeader;
import dev.infermux.provider.openai.OpenAiProvider;
import dev.infermux.provider.openai.OpenAiSpeech;
import dev.infermux.spi.Provider;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;

/** OpenAI's answers, at Azure's addresses. */
final class AzureSpeech extends OpenAiSpeech {

  @Override
  public ProviderType type() {
    return ProviderType.AZURE_OPENAI;
  }

  @Override
  public Provider provider(Vertx vertx, ProviderOptions options) {
    return of(vertx, options);
  }

  @Override
  public String healthTarget() {
    return "/v1/openai/models?api-version=2024-08-01-preview";
  }

  static Provider of(Vertx vertx, ProviderOptions options) {
    return new AzureProvider(
        options, api -> new OpenAiProvider(vertx, VertxTimers.time(vertx), api, KeyHeader.API_KEY));
  }
}
