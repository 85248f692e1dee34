package dev.infermux.dialect.ollama;

import dev.infermux.inference.Dialect;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.StreamTranscript;

/** Ollama's dialect as the stages see it. */
public final class OllamaDialect implements Dialect {

  public static final OllamaDialect INSTANCE = new OllamaDialect();

  private OllamaDialect() {}

  @Override
  public String id() {
    return "ollama";
  }

  @Override
  public StreamTranscript transcript() {
    return new OllamaTranscript();
  }

  @Override
  public ModelRewriter renaming(String name) {
    return new OllamaModelRewriter(name);
  }
}
