package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.RequestBuffers;
import dev.infermux.dialect.openai.BodyLayout.Maximum;
import dev.infermux.inference.BodyFacts;
import dev.infermux.inference.Dialect;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Prefill;
import dev.infermux.inference.PromptVisitor;
import dev.infermux.json.JsonStrings;
import dev.infermux.json.Span;
import dev.infermux.json.Splice;
import org.jspecify.annotations.Nullable;

/** A request in OpenAI's dialect: the caller's own bytes and what one scan found in them. */
public final class OpenAiRequestBody implements RequestBuffers.Edited {

  private static final String MODEL = "model";

  private final Operation operation;
  private final byte[] bytes;
  private final BodyFacts facts;
  private final BodyLayout layout;
  private final GatewayFields own;

  OpenAiRequestBody(Operation operation, byte[] bytes, BodyFacts facts, BodyLayout layout) {
    this(operation, bytes, facts, layout, GatewayFields.of(facts.stream()));
  }

  private OpenAiRequestBody(
      Operation operation, byte[] bytes, BodyFacts facts, BodyLayout layout, GatewayFields own) {
    this.operation = operation;
    this.bytes = bytes;
    this.facts = facts;
    this.layout = layout;
    this.own = own;
  }

  /**
   * Validates and scans a body that must name its model.
   *
   * @throws dev.infermux.inference.InferenceException with an {@code InvalidRequest}
   */
  public static OpenAiRequestBody scan(Operation operation, byte[] bytes) {
    return BodyScanner.scan(operation, bytes, true);
  }

  /** The same for a body whose model may be left to the router. */
  public static OpenAiRequestBody scanModelOptional(Operation operation, byte[] bytes) {
    return BodyScanner.scan(operation, bytes, false);
  }

  @Override
  public Dialect dialect() {
    return OpenAiDialect.INSTANCE;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public BodyFacts facts() {
    return facts;
  }

  @Override
  public OpenAiRequestBody withModel(String model) {
    if (model.equals(facts.model())) {
      return this;
    }
    Splice edits = new Splice(bytes);
    rename(edits, model);
    BodyLayout moved = layout.after(edits);
    BodyLayout named =
        layout.model().isAbsent()
            ? moved.withModel(added(MODEL, JsonStrings.quoted(model)))
            : moved;
    return edited(edits, facts.withModel(model), named);
  }

  @Override
  public OpenAiRequestBody withMaxTokens(long most) {
    Maximum tokens = layout.maxTokens();
    Maximum completion = layout.maxCompletionTokens();
    if (!tokens.given() && !completion.given()) {
      return withNewMaximum(most);
    }
    Splice edits = new Splice(bytes);
    lower(edits, tokens, most);
    lower(edits, completion, most);
    BodyLayout moved = layout.after(edits);
    Maximum nextTokens = moved.maxTokens().lowered(most);
    Maximum nextCompletion = moved.maxCompletionTokens().lowered(most);
    return edited(
        edits,
        facts.withMaxTokens(Math.max(nextTokens.value(), nextCompletion.value())),
        moved.withMaxima(nextTokens, nextCompletion));
  }

  private OpenAiRequestBody withNewMaximum(long most) {
    boolean reasoning = ModelTraits.reasons(facts.model());
    String name = reasoning ? MaximumOption.COMPLETION_TOKENS : MaximumOption.TOKENS;
    Span known = (reasoning ? layout.maxCompletionTokens() : layout.maxTokens()).at();
    String value = Long.toString(most);
    Splice edits = new Splice(bytes);
    if (known.isAbsent()) {
      edits.insert(layout.inside(), field(name, value));
    } else {
      edits.replace(known, value);
    }
    BodyLayout moved = layout.after(edits);
    Maximum next = new Maximum(known.isAbsent() ? added(name, value) : edits.moved(known), most);
    OpenAiRequestBody limited =
        edited(edits, facts.withMaxTokens(most), moved.withMaximum(name, next));
    return known.isAbsent() ? limited.with(own.withMaximum(name, true)) : limited;
  }

  @Override
  public OpenAiRequestBody continuing(String text) {
    String message = ",{\"role\":\"assistant\",\"content\":" + JsonStrings.quoted(text) + "}";
    Splice edits = new Splice(bytes).insert(layout.promptEnd() - 1, message);
    BodyFacts longer = facts.withMoreText(text.codePointCount(0, text.length()));
    OpenAiRequestBody continued = edited(edits, longer, layout.after(edits));
    long most = facts.maxTokens();
    return most < 0
        ? continued
        : continued.withMaxTokens(Math.max(1, most - (text.length() + 3) / 4));
  }

  /** The same request, which asks in the way of its provider to go on from its last message. */
  public OpenAiRequestBody goingOn(Prefill how) {
    Splice edits = new Splice(bytes);
    switch (how) {
      case PREFIX -> edits.insert(endOfLastMessage(), ",\"prefix\":true");
      case CONTINUE_FINAL_MESSAGE ->
          edits.insert(
              layout.inside(), "\"continue_final_message\":true,\"add_generation_prompt\":false,");
      case NONE, MESSAGE -> {
        return this;
      }
    }
    return edited(edits, facts, layout.after(edits));
  }

  private int endOfLastMessage() {
    int at = layout.promptEnd() - 1;
    while (bytes[at] != '}') {
      at--;
    }
    return at;
  }

  @Override
  public byte[] bytesFor(String model) {
    return rewritten(model, own.usage());
  }

  /** The same request, in which a stream is only asked for its usage where the caller does. */
  public OpenAiRequestBody withoutUsage() {
    return with(own.withoutUsage());
  }

  private OpenAiRequestBody with(GatewayFields fields) {
    return new OpenAiRequestBody(operation, bytes, facts, layout, fields);
  }

  /** The same request, of which the gateway has chosen how its longest completion is spelt. */
  OpenAiRequestBody spelledByGateway() {
    boolean tokens = layout.maxTokens().given();
    String name = tokens ? MaximumOption.TOKENS : MaximumOption.COMPLETION_TOKENS;
    boolean one = tokens != layout.maxCompletionTokens().given();
    return one ? with(own.withMaximum(name, false)) : this;
  }

  /** How the gateway has spelt the longest completion; empty = the caller has, or nobody. */
  public String ownMaximum() {
    return own.maximum();
  }

  /** Whether the longest completion is the gateway's alone. */
  public boolean addsMaximum() {
    return own.added();
  }

  /** Whether a provider refuses the request for the longest completion that is the gateway's. */
  public boolean refusedForMaximum(Failure failure) {
    return !own.maximum().isEmpty()
        && failure instanceof ProviderRejected
        && MaximumOption.isNamedIn(failure, own.maximum());
  }

  /** The same request with the gateway's longest completion in its other spelling. */
  public OpenAiRequestBody withMaximumRespelled() {
    Maximum known = maximum();
    String other = MaximumOption.other(own.maximum());
    Splice edits = new Splice(bytes);
    edits.replace(MaximumOption.nameBefore(known.at(), own.maximum()), "\"" + other + "\":");
    BodyLayout moved = layout.withMaximum(own.maximum(), Maximum.ABSENT).after(edits);
    Maximum next = new Maximum(edits.moved(known.at()), known.value());
    return edited(edits, facts, moved.withMaximum(other, next))
        .with(own.withMaximum(other, own.added()));
  }

  /** The same request without the longest completion that the gateway has added. */
  public OpenAiRequestBody withoutMaximum() {
    Span value = maximum().at();
    Splice edits = new Splice(bytes);
    int from = MaximumOption.nameBefore(value, own.maximum()).from();
    edits.replace(new Span(from, value.to() + 1), "");
    BodyLayout moved = layout.withMaximum(own.maximum(), Maximum.ABSENT).after(edits);
    return edited(edits, facts.withMaxTokens(-1), moved).with(own.withMaximum("", false));
  }

  private Maximum maximum() {
    return own.maximum().equals(MaximumOption.TOKENS)
        ? layout.maxTokens()
        : layout.maxCompletionTokens();
  }

  /** Whether a provider refuses the request for the option that the gateway has added to it. */
  public boolean refusedForUsage(Failure failure) {
    return own.usage()
        && !facts.showsUsage()
        && failure instanceof ProviderRejected
        && UsageOption.isNamedIn(failure);
  }

  /**
   * The caller's own array when nothing has to change, else a copy in which only {@code model} and
   * {@code stream_options.include_usage} differ.
   *
   * @param askUsage whether a stream must end with its usage
   */
  public byte[] rewritten(String model, boolean askUsage) {
    Splice edits = edits(model, askUsage);
    return edits == null ? bytes : edits.bytes();
  }

  @Override
  public @Nullable Splice editsFor(String model) {
    return edits(model, own.usage());
  }

  private @Nullable Splice edits(String model, boolean askUsage) {
    boolean renamed = !model.equals(facts.model());
    boolean ask = askUsage && !facts.showsUsage();
    if (!renamed && !ask) {
      return null;
    }
    Splice edits = new Splice(bytes);
    if (renamed) {
      rename(edits, model);
    }
    if (ask) {
      UsageOption.ask(edits, layout);
    }
    return edits;
  }

  @Override
  public void visitPrompt(PromptVisitor visitor) {
    new PromptWalk(bytes, visitor).document(operation);
  }

  private OpenAiRequestBody edited(Splice edits, BodyFacts next, BodyLayout moved) {
    return new OpenAiRequestBody(operation, edits.bytes(), next, moved, own);
  }

  private void rename(Splice edits, String model) {
    String value = JsonStrings.quoted(model);
    if (layout.model().isAbsent()) {
      edits.insert(layout.inside(), field(MODEL, value));
    } else {
      edits.replace(layout.model(), value);
    }
  }

  private static void lower(Splice edits, Maximum maximum, long most) {
    if (maximum.given()) {
      edits.replace(maximum.at(), Long.toString(maximum.atMost(most)));
    }
  }

  private static String field(String name, String value) {
    return "\"" + name + "\":" + value + ",";
  }

  /** Where the value of a field stands that was added first of all. */
  private Span added(String name, String value) {
    int from = layout.inside() + name.length() + 3;
    return new Span(from, from + value.getBytes(UTF_8).length);
  }
}
