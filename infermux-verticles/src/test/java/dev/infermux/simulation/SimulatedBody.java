package dev.infermux.simulation;

import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;

/**
 * A request of which only the sizes matter.
 *
 * @param completionTokens how long the answer will be, whoever gives it
 */
record SimulatedBody(BodyFacts facts, long promptTokens, long completionTokens)
    implements RequestBody {

  private static final int CHARACTERS_PER_TOKEN = 4;

  static SimulatedBody of(String model, long promptTokens, long completionTokens) {
    long characters = promptTokens * CHARACTERS_PER_TOKEN;
    BodyFacts facts = new BodyFacts(model, false, false, -1, 1, 1, 1, 0, characters, 0, 0, "");
    return new SimulatedBody(facts, promptTokens, completionTokens);
  }

  @Override
  public byte[] bytes() {
    return new byte[(int) facts.textLength()];
  }

  @Override
  public byte[] bytesFor(String model) {
    return bytes();
  }

  @Override
  public RequestBody withModel(String model) {
    return new SimulatedBody(facts.withModel(model), promptTokens, completionTokens);
  }

  @Override
  public RequestBody withMaxTokens(long most) {
    return new SimulatedBody(
        facts.withMaxTokens(most), promptTokens, Math.min(most, completionTokens));
  }

  @Override
  public RequestBody continuing(String text) {
    throw new UnsupportedOperationException("nothing is streamed");
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {
    throw new UnsupportedOperationException("every answer reports its usage");
  }

  @Override
  public Dialect dialect() {
    throw new UnsupportedOperationException("answers keep their bytes");
  }
}
