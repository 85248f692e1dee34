package dev.infermux.provider.ollama;

import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderSpeech;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.OllamaTexts;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** The answers of a server of Ollama's API. */
final class OllamaSpeech implements ProviderSpeech {

  @Override
  public ProviderType type() {
    return ProviderType.OLLAMA;
  }

  @Override
  public Provider provider(Vertx vertx, ProviderOptions options) {
    return new OllamaProvider(vertx, VertxTimers.time(vertx), options);
  }

  @Override
  public TestCall chat() {
    return OllamaTexts.chat(false);
  }

  @Override
  public TestCall streamedChat() {
    return OllamaTexts.chat(true);
  }

  @Override
  public String content(StreamProbe probe) {
    StringBuilder content = new StringBuilder();
    for (String line : probe.text().split("\n")) {
      if (!line.isEmpty()) {
        content.append(new JsonObject(line).getJsonObject("message").getString("content"));
      }
    }
    return content.toString();
  }

  @Override
  public String lastWord() {
    return "\"done\":true";
  }

  @Override
  public String whole() {
    return OllamaTexts.WHOLE;
  }

  @Override
  public Buffer stream() {
    return OllamaTexts.lines(OllamaTexts.HELLO, OllamaTexts.WORLD, OllamaTexts.DONE);
  }

  @Override
  public int wholeFrom() {
    return stream().length() - 1;
  }

  @Override
  public Buffer contentEvent() {
    return OllamaTexts.lines(OllamaTexts.HELLO);
  }

  @Override
  public String healthTarget() {
    return "/api/tags";
  }

  @Override
  public String error(String message, String code) {
    return "{\"error\":\"" + message + "\"}";
  }
}
