package dev.infermux.mock;

import dev.infermux.dialect.chat.ChatEvent;
import dev.infermux.dialect.chat.FinishReason;
import dev.infermux.dialect.openai.AnswerJson;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Usage;
import dev.infermux.mock.script.MockBehaviour;
import dev.infermux.mock.script.MockOutcome.Breaks;
import dev.infermux.mock.script.MockOutcome.Refuses;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer, worked out from behaviour and call: what is said and when. Every player gives the
 * same score in its own way; how it breaks is in the behaviour's fate.
 */
public final class ResponsePlan {

  private static final int PACE = 1;
  private static final int FIRST_TOKEN = 2;
  private static final int LATENCY = 3;

  private final MockBehaviour behaviour;
  private final MockCall call;
  private final AssignedResponse assigned;
  private final MockTokens tokens;
  private final AnswerJson json;
  private final long created;
  private final Duration firstWait;
  private final List<float[]> vectors;

  /**
   * Works out what a call gets.
   *
   * @param created Unix time for the answer's own field
   */
  public ResponsePlan(MockCall call, AssignedResponse assigned, long created) {
    this(call, assigned, created, List.of());
  }

  /**
   * @param vectors the embeddings to give; empty = some that depend on the texts
   */
  ResponsePlan(MockCall call, AssignedResponse assigned, long created, List<float[]> vectors) {
    this.vectors = vectors;
    this.behaviour = assigned.behaviour();
    this.call = call;
    this.assigned = assigned;
    this.created = created;
    this.tokens = MockTokens.of(behaviour.content(), call, assigned.number());
    boolean chat = call.operation() == Operation.CHAT;
    String id = (chat ? "chatcmpl-mock-" : "cmpl-mock-") + assigned.number();
    this.json = new AnswerJson(chat, id, created, call.model(), call.showsUsage());
    this.firstWait = jitter(FIRST_TOKEN).longer(behaviour.timing().firstToken());
  }

  /** The embeddings, one for each text. */
  List<float[]> vectors() {
    return vectors.isEmpty() ? MockEmbeddings.vectors(call) : vectors;
  }

  public MockBehaviour behaviour() {
    return behaviour;
  }

  public MockCall call() {
    return call;
  }

  /** Counts the answers of one mock from 1. */
  public long number() {
    return assigned.number();
  }

  /** The wait before a stream's head, or before a refusal. */
  public Duration headWait() {
    return jitter(LATENCY).longer(behaviour.timing().latency());
  }

  /** The wait from a stream's head to its first event. */
  public Duration firstWait() {
    return firstWait;
  }

  /** The wait before a whole answer's head: as long as its stream would take. */
  public Duration wholeWait() {
    Duration wait = headWait().plus(firstWait);
    if (behaviour.timing().pace().isZero()) {
      return wait;
    }
    ResponseJitter pace = jitter(PACE);
    int last = behaviour.outcome() instanceof Breaks breaks ? breaks.after() : tokens.count();
    for (int i = 1; i < Math.min(last, tokens.count()); i++) {
      wait = wait.plus(pace.longer(behaviour.timing().pace()));
    }
    return wait;
  }

  /** The events of the stream in OpenAI's dialect, up to its end or to where it breaks. */
  public Iterator<ResponseStep> steps() {
    return steps(openAiSteps());
  }

  /** The same in another form. */
  Iterator<ResponseStep> steps(StepForm form) {
    return new ResponseSteps(this, form, tokens, jitter(PACE));
  }

  StepForm openAiSteps() {
    return new OpenAiSteps(call, json, finishReason());
  }

  /** All that the answer says; a call that the caller's maximum cut has no arguments. */
  List<ChatEvent> events() {
    List<ChatEvent> all = tokens.all();
    if (tokens.shortened()
        && !all.isEmpty()
        && (all.get(all.size() - 1) instanceof ChatEvent.CallArguments
            || all.get(all.size() - 1) instanceof ChatEvent.CallBegins)) {
      while (all.get(all.size() - 1) instanceof ChatEvent.CallArguments) {
        all.remove(all.size() - 1);
      }
      all.add(new ChatEvent.CallEnds(((ChatEvent.CallBegins) all.get(all.size() - 1)).index()));
    }
    return all;
  }

  /** In epoch seconds. */
  long created() {
    return created;
  }

  ChatEvent begins() {
    Usage usage = usage();
    Usage prompt =
        usage == null ? null : new Usage(usage.input(), 0, 0, 0, 1, 0, false, Usage.Terms.STANDARD);
    return new ChatEvent.Begin("", call.model(), prompt);
  }

  ChatEvent finish() {
    FinishReason reason =
        switch (finishReason()) {
          case "length", "max_tokens", "max_output_tokens" -> FinishReason.LENGTH;
          case "tool_calls", "tool_use" -> FinishReason.TOOL_CALLS;
          case "content_filter", "refusal" -> FinishReason.REFUSED;
          case "stop_sequence" -> FinishReason.STOP_SEQUENCE;
          case "pause_turn" -> FinishReason.PAUSED;
          default -> FinishReason.STOP;
        };
    return new ChatEvent.Finish(reason, null);
  }

  /** What is left of the rate limit; null = there is none. */
  AssignedResponse.@Nullable Allowance allowance() {
    return assigned.allowance();
  }

  /** The whole answer in JSON, in OpenAI's dialect. */
  public String body() {
    return call.operation() == Operation.EMBEDDINGS
        ? MockEmbeddings.body(call, vectors(), usage())
        : json.whole(tokens.all(), call.choices(), finishReason(), usage());
  }

  /** Characters of content in the whole answer. */
  public long characters() {
    if (call.operation() == Operation.EMBEDDINGS) {
      return 0;
    }
    long characters = 0;
    for (ChatEvent event : tokens.all()) {
      characters += characters(event);
    }
    return call.choices() * characters;
  }

  /** Characters that an event adds to an answer. */
  static long characters(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      return text.text().characters();
    } else if (event instanceof ChatEvent.Thinking thinking) {
      return thinking.text().characters();
    }
    return event instanceof ChatEvent.CallArguments piece ? piece.json().characters() : 0;
  }

  /** What is reported of the tokens; null = nothing. */
  public @Nullable Usage usage() {
    boolean embeddings = call.operation() == Operation.EMBEDDINGS;
    long completion = embeddings ? 0 : (long) tokens.count() * call.choices();
    Usage usage = behaviour.content().usage().report(call.promptTokens(), completion);
    long reasoning = (long) tokens.reasoning() * call.choices();
    return usage == null || reasoning == 0
        ? usage
        : new Usage(usage.input(), 0, 0, 0, usage.output(), reasoning, false, Usage.Terms.STANDARD);
  }

  public String finishReason() {
    String given = behaviour.content().finishReason();
    if (!given.isEmpty()) {
      return given;
    }
    return tokens.shortened() ? "length" : tokens.callsTools() ? "tool_calls" : "stop";
  }

  /** What an error says. */
  public String errorMessage() {
    if (!assigned.complaint().isEmpty()) {
      return assigned.complaint();
    }
    return behaviour.outcome() instanceof Refuses refuses
        ? "mock: status " + refuses.status()
        : "mock: an error inside a 200";
  }

  /** The code of an error; empty = none. */
  public String errorCode() {
    if (behaviour.outcome() instanceof Refuses refuses) {
      return refuses.code().isEmpty() ? usualCode(refuses.status()) : refuses.code();
    }
    return behaviour.outcome() instanceof Breaks breaks ? breaks.code() : "";
  }

  /** The error that comes instead of an answer, or inside one. */
  MockError error() {
    String code = errorCode();
    boolean limited = code.startsWith("rate_limit") || code.equals("insufficient_quota");
    int status =
        behaviour.outcome() instanceof Refuses refuses ? refuses.status() : limited ? 429 : 500;
    return new MockError(status, errorMessage(), code, "", number());
  }

  /** The body of a refusal in OpenAI's dialect. */
  public String errorBody() {
    return OpenAiForm.json(error());
  }

  private static String usualCode(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 429 -> "rate_limit_exceeded";
      default -> "";
    };
  }

  private ResponseJitter jitter(int use) {
    return ResponseJitter.of(assigned.seed(), assigned.number(), use, behaviour.timing().jitter());
  }
}
