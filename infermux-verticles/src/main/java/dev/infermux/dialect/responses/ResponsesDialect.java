package dev.infermux.dialect.responses;

import dev.infermux.inference.Dialect;
import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.StreamTranscript;

/** The Responses API as the stages see it. */
final class ResponsesDialect implements Dialect {

  static final ResponsesDialect INSTANCE = new ResponsesDialect();

  private ResponsesDialect() {}

  @Override
  public String id() {
    return "responses";
  }

  @Override
  public StreamTranscript transcript() {
    return new ResponsesTranscript();
  }

  @Override
  public boolean takesPrefill() {
    return false;
  }

  @Override
  public ModelRewriter renaming(String name) {
    return new ResponsesModelRewriter(name);
  }
}
