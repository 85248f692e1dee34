package dev.infermux.provider.openai;

import dev.infermux.provider.AnswersContract;
import dev.infermux.provider.Provider;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

class OpenAiAnswersTest extends AnswersContract {

  @Override
  protected ProviderType type() {
    return ProviderType.OPENAI;
  }

  @Override
  protected Provider provider(Vertx vertx, ProviderOptions options) {
    return new OpenAiProvider(vertx, options);
  }

  @Override
  protected String whole() {
    return OpenAiSpeech.WHOLE;
  }

  @Override
  protected Buffer stream() {
    return OpenAiSpeech.events(
        OpenAiSpeech.ROLE,
        OpenAiSpeech.HELLO,
        OpenAiSpeech.WORLD,
        OpenAiSpeech.STOP,
        OpenAiSpeech.USAGE,
        OpenAiSpeech.DONE);
  }

  @Override
  protected int wholeFrom() {
    String upToTheReason = stream().toString();
    return upToTheReason.indexOf(OpenAiSpeech.STOP) + OpenAiSpeech.STOP.length();
  }

  @Override
  protected Buffer contentEvent() {
    return OpenAiSpeech.event(OpenAiSpeech.HELLO);
  }

  @Override
  protected String error(String message, String code) {
    return OpenAiSpeech.error(message, code);
  }
}
