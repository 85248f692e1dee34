package dev.infermux.dialect.ollama;

import dev.infermux.dialect.ScannedBody;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.Splice;

/** A request in Ollama's dialect: the caller's own bytes and what one scan found in them. */
public final class OllamaRequestBody extends ScannedBody {

  private final OllamaEndpoint endpoint;

  OllamaRequestBody(OllamaEndpoint endpoint, byte[] bytes, BodyFacts facts, Places places) {
    super(OllamaDialect.INSTANCE, bytes, facts, places);
    this.endpoint = endpoint;
  }

  /**
   * Validates and scans a body.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static OllamaRequestBody scan(OllamaEndpoint endpoint, byte[] bytes) {
    return OllamaBodyScanner.scan(endpoint, bytes).body();
  }

  /** Where it belongs. */
  public OllamaEndpoint endpoint() {
    return endpoint;
  }

  @Override
  protected OllamaRequestBody edited(byte[] bytes, BodyFacts facts, Places places) {
    return new OllamaRequestBody(endpoint, bytes, facts, places);
  }

  /** Options that are null become an object first, which has room for the maximum. */
  @Override
  public ScannedBody withMaxTokens(long most) {
    OllamaBodyScanner scan =
        places().newMaximum().at() < 0 ? OllamaBodyScanner.scan(endpoint, bytes()) : null;
    if (scan == null) {
      return super.withMaxTokens(most);
    }
    Splice edits = new Splice(bytes()).replace(scan.nullOptions(), "{}");
    return scan(endpoint, edits.bytes()).withMaxTokens(most);
  }

  /** A last message of the assistant's is one that Ollama writes on. */
  @Override
  public ScannedBody continuing(String text) {
    if (endpoint != OllamaEndpoint.CHAT) {
      return this;
    }
    String message = ",{\"role\":\"assistant\",\"content\":" + JsonStrings.quoted(text) + "}";
    int end = OllamaBodyScanner.scan(endpoint, bytes()).promptEnd();
    byte[] longer = new Splice(bytes()).insert(end - 1, message).bytes();
    OllamaRequestBody continued = scan(endpoint, longer);
    long most = facts().maxTokens();
    return most < 0
        ? continued
        : continued.withMaxTokens(Math.max(1, most - (text.length() + 3) / 4));
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {
    new OllamaPromptWalk(bytes(), visitor).document(endpoint);
  }
}
