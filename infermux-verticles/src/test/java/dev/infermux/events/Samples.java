package dev.infermux.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.infermux.dialect.openai.OpenAiRequestBody;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Call;
import dev.infermux.inference.CallerHeaders;
import dev.infermux.inference.Cancellation;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Failure;
import dev.infermux.inference.FailureClass;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.Secret;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Translation;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.CallTrace.AttemptTrace;
import dev.infermux.inference.record.Outcome;
import dev.infermux.policy.circuit.CircuitChange;
import dev.infermux.policy.circuit.CircuitReason;
import dev.infermux.policy.circuit.CircuitState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finished calls for the tests of those who witness them. */
public final class Samples {

  public static final String PROMPT = "the secret prompt";
  public static final String KEY = "sk-caller-key";
  public static final String ERROR_TEXT = "model choked on: the secret prompt";
  public static final long START = 1_795_262_400_123_456_789L;

  private Samples() {}

  /** Served by the second provider after the first failed; 120 tokens in, 30 out, streamed. */
  public static CallRecord failedOver() {
    Usage usage = new Usage(100, 20, 0, 0, 30, 10, false, Usage.Terms.STANDARD);
    Cost cost = cost(575_000);
    AttemptRecord first =
        attempt("first", FailureClass.SERVER_ERROR, 503, ERROR_TEXT, "00000000000000a1", null);
    AttemptRecord second =
        attempt("openai", null, 200, "", "00000000000000a2", new AttemptCost(usage, cost));
    return new CallRecord(
        call("gpt-4o-mini", true),
        "0af7651916cd43dd8448eb211c80319c",
        new ServedBy("openai", "gpt-4o", "priority", "fast", "", 0, 2),
        List.of(first, second),
        Outcome.OK,
        usage,
        cost,
        "stop",
        1_234_567_890L,
        45_000_000L,
        CallContent.NONE);
  }

  /** Served by {@code openai} at the second try. */
  public static CallRecord retried() {
    CallRecord served = ok("openai", "gpt-4o");
    return new CallRecord(
        served.call(),
        served.traceId(),
        served.servedBy(),
        List.of(
            attempt("openai", FailureClass.SERVER_ERROR, 503, ERROR_TEXT, "", null),
            served.attempts().get(0)),
        served.outcome(),
        served.usage(),
        served.cost(),
        served.finishReason(),
        served.latencyNanos(),
        served.firstTokenNanos(),
        CallContent.NONE);
  }

  /** Served by {@code openai} at the first try. */
  public static CallRecord ok(String provider, String model) {
    Usage usage = Usage.reported(100, 50);
    Cost cost = cost(750_000);
    return new CallRecord(
        call(model, false),
        "",
        new ServedBy(provider, model, "round_robin", "", "", 0, 1),
        List.of(attemptOf(provider, model, new AttemptCost(usage, cost))),
        Outcome.OK,
        usage,
        cost,
        "stop",
        20_000_000L,
        0,
        CallContent.NONE);
  }

  /** The same, with what it cost replaced. */
  public static CallRecord charged(CallRecord record, Usage usage, Cost cost) {
    AttemptRecord last = record.attempts().get(record.attempts().size() - 1);
    return new CallRecord(
        record.call(),
        record.traceId(),
        record.servedBy(),
        List.of(attemptOf(last.provider(), last.model(), new AttemptCost(usage, cost))),
        record.outcome(),
        usage,
        cost,
        record.finishReason(),
        record.latencyNanos(),
        record.firstTokenNanos(),
        CallContent.NONE);
  }

  /** Refused or failed before any provider was called. */
  public static CallRecord refused(Failure failure) {
    return refusedModel("gpt-4o", failure);
  }

  /** The same for a model of the caller's choice. */
  public static CallRecord refusedModel(String model, Failure failure) {
    return new CallRecord(
        call(model, false),
        "",
        ServedBy.NONE,
        List.of(),
        new Outcome(failure.status(), failure),
        Usage.NONE,
        Cost.UNPRICED,
        "",
        300_000L,
        0,
        CallContent.NONE);
  }

  /** Failed at its only provider. */
  public static CallRecord failed(Failure failure, FailureClass kind) {
    return new CallRecord(
        call("gpt-4o", false),
        "0af7651916cd43dd8448eb211c80319c",
        new ServedBy("openai", "gpt-4o", "round_robin", "", "", 0, 1),
        List.of(attempt("openai", kind, 500, ERROR_TEXT, "00000000000000a1", null)),
        new Outcome(failure.status(), failure),
        Usage.NONE,
        Cost.UNPRICED,
        "",
        9_000_000L,
        0,
        CallContent.NONE);
  }

  /** The circuit of {@code openai} has opened after failures in a row. */
  public static CircuitChange circuitOpened() {
    return new CircuitChange(
        "openai",
        CircuitState.CLOSED,
        CircuitState.OPEN,
        CircuitReason.CONSECUTIVE_FAILURES,
        Instant.parse("2026-11-21T15:00:30Z"));
  }

  public static Call call(String model, boolean stream) {
    return call(
        model,
        stream,
        new Origin("http", "/v1/chat/completions", "192.0.2.7", "sdk/1.0", null, null));
  }

  public static Call call(String model, boolean stream, Origin origin) {
    String json =
        "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(model, stream, PROMPT);
    return new Call(
        "req-1",
        Operation.CHAT,
        OpenAiRequestBody.scan(Operation.CHAT, json.getBytes(UTF_8)),
        null,
        new Attribution("team-a", "search", "production"),
        Secret.of(KEY),
        CallerHeaders.NONE,
        origin,
        new Cancellation(),
        START,
        System.nanoTime(),
        Call.NO_DEADLINE,
        Call.UNHEARD,
        Call.UNKEPT);
  }

  public static Cost cost(long nanos) {
    return new Cost(
        new Usd(nanos), CostStatus.EXACT, new Usd(2_500_000_000L), new Usd(10_000_000_000L));
  }

  private static AttemptRecord attemptOf(String provider, String model, AttemptCost charge) {
    return new AttemptRecord(
        provider,
        model,
        null,
        200,
        "",
        START + 1_000_000,
        18_000_000L,
        "",
        Chunks.NONE,
        0,
        Translation.NONE,
        charge);
  }

  private static AttemptRecord attempt(
      String provider,
      @Nullable FailureClass kind,
      int status,
      String message,
      String spanId,
      @Nullable AttemptCost charge) {
    long offset = kind == null ? 200_000_000L : 1_000_000L;
    return new AttemptRecord(
        provider,
        "gpt-4o",
        kind,
        status,
        message,
        START + offset,
        150_000_000L,
        spanId,
        Chunks.NONE,
        0,
        Translation.NONE,
        charge);
  }

  /** The call, whose first attempts bear these spans. */
  public static CallRecord traced(CallRecord call, AttemptTrace... spans) {
    List<AttemptRecord> attempts = new ArrayList<>(call.attempts());
    for (int i = 0; i < spans.length; i++) {
      AttemptRecord made = attempts.get(i);
      attempts.set(
          i,
          new AttemptRecord(
              made.provider(),
              made.model(),
              made.kind(),
              made.status(),
              made.message(),
              made.startedEpochNanos(),
              made.durationNanos(),
              spans[i].spanId(),
              made.chunks(),
              made.droppedChunks(),
              made.translation(),
              made.charge()));
    }
    return new CallRecord(
        call.call(),
        call.traceId(),
        call.servedBy(),
        attempts,
        call.outcome(),
        call.usage(),
        call.cost(),
        call.finishReason(),
        call.latencyNanos(),
        call.firstTokenNanos(),
        CallContent.NONE);
  }

  /** A provider that a check found unhealthy. */
  static ProviderHealthEvent unhealthy() {
    return new ProviderHealthEvent(
        "openai", false, "no answer within 10s", Instant.parse("2026-11-21T12:00:00.25Z"));
  }
}
