package dev.infermux.dialect.responses;

import dev.infermux.dialect.ScannedBody;
import dev.infermux.inference.Binding;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonOutput;
import dev.infermux.json.JsonSlice;
import dev.infermux.json.Splice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of the Responses API: the caller's own bytes and what one scan found in them. */
public final class ResponsesRequestBody extends ScannedBody {

  private final ResponsesEndpoint endpoint;
  private final InputFacts input;

  ResponsesRequestBody(
      byte[] bytes, BodyFacts facts, Places places, ResponsesEndpoint endpoint, InputFacts input) {
    super(ResponsesDialect.INSTANCE, bytes, facts, places);
    this.endpoint = endpoint;
    this.input = input;
  }

  /**
   * Validates and scans a body.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static ResponsesRequestBody scan(byte[] bytes) {
    return scan(ResponsesEndpoint.CREATE, bytes);
  }

  /**
   * The same for any endpoint.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static ResponsesRequestBody scan(ResponsesEndpoint endpoint, byte[] bytes) {
    return ResponsesScanner.scan(endpoint, bytes);
  }

  public ResponsesEndpoint endpoint() {
    return endpoint;
  }

  @Override
  protected ScannedBody edited(byte[] bytes, BodyFacts facts, Places places) {
    return new ResponsesRequestBody(bytes, facts, places, endpoint, input);
  }

  @Override
  public ScannedBody withMaxTokens(long most) {
    return takesMaxTokens() ? super.withMaxTokens(most) : this;
  }

  /** Only a response has a longest length. */
  @Override
  public boolean takesMaxTokens() {
    return endpoint == ResponsesEndpoint.CREATE;
  }

  /** The text becomes the model's last message of the input. */
  @Override
  public ScannedBody continuing(String text) {
    ResponsesRequestBody continued = scan(endpoint, BegunAnswer.after(bytes(), text));
    long most = facts().maxTokens();
    return most < 0
        ? continued
        : continued.withMaxTokens(Math.max(1, most - (text.length() + 3) / 4));
  }

  /**
   * The caller's own array when the model is the one that it names; thoughts that another API has
   * sealed are left out, since no API of this dialect takes them.
   */
  @Override
  public byte[] bytesFor(String model) {
    return input.foreignSeals() ? without(true).sealed(model) : super.bytesFor(model);
  }

  @Override
  public @Nullable Splice editsFor(String model) {
    return input.foreignSeals() ? null : super.editsFor(model);
  }

  private byte[] sealed(String model) {
    return super.bytesFor(model);
  }

  @Override
  public List<Binding> bindings() {
    return input.bindings();
  }

  @Override
  public boolean inBackground() {
    return input.background();
  }

  @Override
  public Unbound unbound() {
    return input.sealedItems()
        ? new Unbound(without(false), List.of("reasoning.encrypted_content"))
        : new Unbound(this, List.of());
  }

  /** The same request without its encrypted thoughts. */
  private ResponsesRequestBody without(boolean foreignAlone) {
    JsonOutput kept = new JsonOutput(bytes().length).array();
    JsonSlice found = InputScanner.withoutSealed(bytes(), foreignAlone, kept);
    Splice edits = new Splice(bytes());
    edits.replace(new dev.infermux.json.Span(found.from(), found.to()), kept.toString());
    ScannedBody left = edited(edits, facts());
    return new ResponsesRequestBody(
        left.bytes(), facts(), placesOf(left), endpoint, input.unbound());
  }

  private static Places placesOf(ScannedBody body) {
    return ((ResponsesRequestBody) body).places();
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {
    new ResponsesPromptWalk(bytes(), visitor).document();
  }
}
