package dev.infermux.provider.translate;

import dev.infermux.dialect.chat.Losses;
import dev.infermux.dialect.embedding.EmbeddingDialect;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.Call;
import dev.infermux.inference.Operation;
import dev.infermux.provider.translate.Translators.SpecialTranslator;
import dev.infermux.spi.Provider;
import io.vertx.core.buffer.Buffer;

/** Translates requests for embeddings, whose answers are always whole. */
public record EmbeddingTranslator(EmbeddingDialect caller, EmbeddingDialect provider)
    implements SpecialTranslator {

  @Override
  public boolean fits(Call call, Provider other) {
    return call.operation() == Operation.EMBEDDINGS
        && call.body().dialect().id().equals(caller.dialect().id())
        && other.speaks(provider.dialect(), Operation.EMBEDDINGS);
  }

  @Override
  public String path() {
    return caller.title() + "→" + provider.title();
  }

  @Override
  public Call request(Attempt attempt, Losses losses) {
    EmbeddingDialect.Texts texts = caller.asked(attempt.call().body(), losses);
    return attempt.call().withBody(provider.request(texts, attempt.model(), losses));
  }

  @Override
  public Buffer answer(Buffer whole, Attempt attempt) {
    return caller.answer(provider.vectors(whole), attempt);
  }

  @Override
  public StreamTranslator stream(Attempt attempt) {
    return events -> {
      throw new IllegalStateException("embeddings are never streamed");
    };
  }
}
