package dev.infermux.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.AnswerBytes;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.AttemptProgress;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.RequestBody;
import dev.infermux.inference.Secret;
import org.jspecify.annotations.Nullable;

/** Makes calls as a listener would, from a body and little else. */
public final class TestCall {

  private final Operation operation;
  private final RequestBody body;
  private final Cancellation cancellation = new Cancellation();
  private String id = "req-1";
  private String model;
  private @Nullable Secret credential;
  private @Nullable String traceparent;
  private CallerHeaders headers = CallerHeaders.NONE;
  private AttemptProgress progress = AttemptProgress.UNHEARD;
  private AnswerBytes answerBytes = Call.UNKEPT;

  private TestCall(Operation operation, RequestBody body) {
    this.operation = operation;
    this.body = body;
    this.model = body.model();
  }

  public static TestCall of(Operation operation, String json) {
    return of(operation, OpenAiRequestBody.scan(operation, json.getBytes(UTF_8)));
  }

  /** A call of any dialect. */
  public static TestCall of(Operation operation, RequestBody body) {
    return new TestCall(operation, body);
  }

  /** A small chat with a whole answer. */
  public static TestCall chat() {
    return of(
        Operation.CHAT,
        "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]}");
  }

  /** A small chat with a streamed answer. */
  public static TestCall stream() {
    return of(
        Operation.CHAT,
        "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi"
            + " there\"}]}");
  }

  /** The same, asking for its usage. */
  public static TestCall streamWithUsage() {
    return of(
        Operation.CHAT,
        "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi there\"}]}");
  }

  /** The model as the provider knows it. */
  public TestCall model(String model) {
    this.model = model;
    return this;
  }

  public TestCall id(String id) {
    this.id = id;
    return this;
  }

  public TestCall credential(String key) {
    this.credential = Secret.of(key);
    return this;
  }

  public TestCall traceparent(String traceparent) {
    this.traceparent = traceparent;
    return this;
  }

  /** What the caller's request had beside its body. */
  public TestCall headers(CallerHeaders headers) {
    this.headers = headers;
    return this;
  }

  public TestCall progress(AttemptProgress progress) {
    this.progress = progress;
    return this;
  }

  /** Who keeps a whole answer in the account of memory. */
  public TestCall answerBytes(AnswerBytes answerBytes) {
    this.answerBytes = answerBytes;
    return this;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  public Call call() {
    return new Call(
        id,
        operation,
        body,
        null,
        Attribution.ANONYMOUS,
        credential,
        headers,
        Origin.LIBRARY,
        cancellation,
        1_700_000_000_000_000_000L,
        System.nanoTime(),
        Call.NO_DEADLINE,
        Call.UNHEARD,
        answerBytes);
  }

  public Attempt attempt() {
    Call call = call();
    return new Attempt(call, model, traceparent, 1, call.cancellation(), progress, false, true);
  }
}
