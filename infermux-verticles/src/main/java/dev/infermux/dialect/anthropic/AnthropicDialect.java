package dev.infermux.dialect.anthropic;

import dev.infermux.inference.Dialect;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.StreamTranscript;

/** Anthropic's dialect as the stages see it. */
public final class AnthropicDialect implements Dialect {

  public static final AnthropicDialect INSTANCE = new AnthropicDialect();

  private AnthropicDialect() {}

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public StreamTranscript transcript() {
    return new AnthropicTranscript();
  }

  @Override
  public ModelRewriter renaming(String name) {
    return new AnthropicModelRewriter(name);
  }
}
