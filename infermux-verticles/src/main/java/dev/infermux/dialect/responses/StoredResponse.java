package dev.infermux.dialect.responses;

import dev.infermux.inference.Binding;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.inference.RequestBody;
import java.util.List;

/**
 * Asks for a response that its provider keeps: to read, cancel or delete it, or for its input. It
 * has no body and no model.
 *
 * @param method of HTTP
 * @param id the response's
 * @param action what follows the id in the path, with its slash; empty = the response itself
 * @param query as the caller has it; empty = none
 * @param stream whether the answer is a stream of events
 */
public record StoredResponse(String method, String id, String action, String query, boolean stream)
    implements RequestBody {

  private static final byte[] NOTHING = {};

  /** Where it is below the API's base URL. */
  public String path() {
    return "/responses/" + id + action + (query.isEmpty() ? "" : "?" + query);
  }

  @Override
  public Dialect dialect() {
    return ResponsesDialect.INSTANCE;
  }

  @Override
  public byte[] bytes() {
    return NOTHING;
  }

  @Override
  public BodyFacts facts() {
    return new BodyFacts("", stream, true, -1, 1, 1, 1, 0, 0, 0, 0, "");
  }

  @Override
  public StoredResponse withModel(String model) {
    return this;
  }

  @Override
  public StoredResponse withMaxTokens(long most) {
    return this;
  }

  @Override
  public StoredResponse continuing(String text) {
    return this;
  }

  @Override
  public byte[] bytesFor(String model) {
    return NOTHING;
  }

  @Override
  public List<Binding> bindings() {
    return List.of(new Binding(id, true));
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {}
}
