package dev.infermux.dialect.anthropic;

import dev.infermux.dialect.ScannedBody;
import dev.infermux.inference.Binding;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Operation;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.Splice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request in Anthropic's dialect: the caller's own bytes and what one scan found in them. */
public final class AnthropicRequestBody extends ScannedBody {

  private final List<Binding> bindings;
  private final boolean foreignSeals;

  AnthropicRequestBody(
      byte[] bytes, BodyFacts facts, Places places, List<Binding> bindings, boolean foreignSeals) {
    super(AnthropicDialect.INSTANCE, bytes, facts, places);
    this.bindings = List.copyOf(bindings);
    this.foreignSeals = foreignSeals;
  }

  /**
   * Validates and scans a body.
   *
   * @param operation a chat, which must say its longest answer, or a count of tokens
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static AnthropicRequestBody scan(Operation operation, byte[] bytes) {
    return MessagesScanner.scan(operation, bytes);
  }

  @Override
  protected ScannedBody edited(byte[] next, BodyFacts nextFacts, Places places) {
    return new AnthropicRequestBody(next, nextFacts, places, bindings, foreignSeals);
  }

  /** The text becomes the beginning of the answer; what is there of it must not end in space. */
  @Override
  public ScannedBody continuing(String text) {
    String begun = text.stripTrailing();
    if (begun.isEmpty()) {
      return this;
    }
    Splice edits = LastMessage.of(bytes()).continued(begun);
    BodyFacts longer = facts().withMoreText(begun.codePointCount(0, begun.length()));
    ScannedBody continued = edited(edits, longer);
    return continued.withMaxTokens(Math.max(1, facts().maxTokens() - (text.length() + 3) / 4));
  }

  @Override
  public List<Binding> bindings() {
    return bindings;
  }

  /** Thoughts with what proves them are left out; the rest is what was asked. */
  @Override
  public Unbound unbound() {
    Splice edits = SealedThoughts.leftOut(bytes(), false);
    return edits == null
        ? new Unbound(this, List.of())
        : new Unbound(edited(edits, facts()), List.of("messages.thinking"));
  }

  /** A thought under another API's seal is left out: Anthropic refuses what it did not sign. */
  @Override
  public byte[] bytesFor(String model) {
    Splice edits = unsealed();
    return edits == null ? super.bytesFor(model) : edited(edits, facts()).bytesFor(model);
  }

  @Override
  public @Nullable Splice editsFor(String model) {
    return unsealed() == null ? super.editsFor(model) : null;
  }

  private @Nullable Splice unsealed() {
    return foreignSeals ? SealedThoughts.leftOut(bytes(), true) : null;
  }

  /** The same request, answered as a stream. */
  public AnthropicRequestBody streamed() {
    return scan(Operation.CHAT, StreamFlag.set(bytes()));
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {
    new MessagesWalk(bytes(), visitor).document();
  }
}
