package dev.infermux.inference;

import java.util.List;

/**
 * A request as its caller wrote it, in the caller's dialect: bytes, and the facts that one scan
 * found in them. Immutable; the bytes must not be changed. An edit leaves all other bytes alone and
 * knows the facts of its result without another scan.
 */
public interface RequestBody {

  /** Of a request that was refused before it was understood; it can be sent nowhere. */
  static RequestBody unread() {
    return UnreadBody.INSTANCE;
  }

  Dialect dialect();

  byte[] bytes();

  BodyFacts facts();

  /** The same request for another model. */
  RequestBody withModel(String model);

  /** The same request with no completion longer than this, where it {@link #takesMaxTokens}. */
  RequestBody withMaxTokens(long most);

  /** Whether its API has a field for the longest completion. */
  default boolean takesMaxTokens() {
    return true;
  }

  /**
   * Asks for the rest of a chat's answer of which {@code text} was written already, with a maximum
   * that is lower by what it took.
   */
  RequestBody continuing(String text);

  /**
   * The bytes to send to a provider of the same dialect: the caller's own array when nothing has to
   * change. A stream always asks for its usage.
   *
   * @param model as the provider knows it
   */
  byte[] bytesFor(String model);

  /** What binds the request to the provider that it comes from. */
  default List<Binding> bindings() {
    return List.of();
  }

  /** Whether its provider answers and bills it after the call, whoever reads that. */
  default boolean inBackground() {
    return false;
  }

  /** The same request without what binds it and is not required, for another provider. */
  default Unbound unbound() {
    return new Unbound(this, List.of());
  }

  /**
   * A request that any provider can be asked.
   *
   * @param dropped the caller's names of what was left out
   */
  record Unbound(RequestBody body, List<String> dropped) {}

  /** Shows the prompt to a visitor. */
  void visitPrompt(PromptVisitor visitor);

  /** The model as the caller named it; empty when the router may choose. */
  default String model() {
    return facts().model();
  }
}
