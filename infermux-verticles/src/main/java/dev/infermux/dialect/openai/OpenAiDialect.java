package dev.infermux.dialect.openai;

import dev.infermux.inference.Dialect;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.StreamTranscript;

/** OpenAI's dialect as the stages see it. */
final class OpenAiDialect implements Dialect {

  static final OpenAiDialect INSTANCE = new OpenAiDialect();

  private OpenAiDialect() {}

  @Override
  public String id() {
    return "openai";
  }

  @Override
  public StreamTranscript transcript() {
    return new OpenAiTranscript();
  }

  @Override
  public ModelRewriter renaming(String name) {
    return new OpenAiModelRewriter(name);
  }
}
