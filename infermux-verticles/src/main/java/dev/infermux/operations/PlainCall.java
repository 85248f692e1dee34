package dev.infermux.operations;

import dev.infermux.inference.Attribution;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Translation;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.inference.record.Outcome;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer of the first provider that was asked, in ASCII, as bytes: nearly every call is
 * one. As objects it would be some 25, and a collection would copy those of the last thousand.
 */
final class PlainCall {

  private PlainCall() {}

  /**
   * Writes a call without its content; false, and what was written means nothing, when it is not
   * plain or too long.
   */
  static boolean write(FinishedCall call, ByteBuffer buffer) {
    if (!plain(call)) {
      return false;
    }
    CallFields out = new CallFields(buffer);
    AttemptRecord attempt = call.attempts().get(0);
    AttemptCost charge = attempt.charge();
    out.text(call.operation().name()).flag(call.stream()).number(call.maxTokens());
    out.text(call.requestId()).text(call.traceId()).text(call.requestedModel());
    write(call.attribution(), out);
    write(call.origin(), out);
    write(call.servedBy(), out);
    out.flag(charge != null);
    if (charge != null) {
      write(charge.usage(), out);
      write(charge.cost(), out);
    }
    write(attempt, out);
    out.number(call.outcome().httpStatus());
    write(call.usage(), out);
    write(call.cost(), out);
    out.text(call.finishReason()).number(call.startedEpochNanos());
    out.number(call.latencyNanos()).number(call.firstTokenNanos());
    return out.fit();
  }

  private static boolean plain(FinishedCall call) {
    if (call.attempts().size() != 1 || call.outcome().failure() != null) {
      return false;
    }
    AttemptRecord attempt = call.attempts().get(0);
    return attempt.kind() == null
        && attempt.chunks() == Chunks.NONE
        && attempt.translation().equals(Translation.NONE);
  }

  static FinishedCall read(ByteBuffer buffer) {
    CallFields in = new CallFields(buffer);
    Operation operation = Operation.valueOf(in.text());
    boolean stream = in.flag();
    long maxTokens = in.number();
    String requestId = in.text();
    String traceId = in.text();
    String model = in.text();
    Attribution attribution = new Attribution(in.text(), in.text(), in.text());
    Origin origin = origin(in);
    ServedBy servedBy = servedBy(in);
    AttemptCost charge = in.flag() ? new AttemptCost(usage(in), cost(in)) : null;
    return new FinishedCall(
        requestId,
        traceId,
        operation,
        model,
        stream,
        maxTokens,
        attribution,
        origin,
        servedBy,
        List.of(attempt(in, charge)),
        new Outcome((int) in.number(), null),
        usage(in),
        cost(in),
        in.text(),
        in.number(),
        in.number(),
        in.number(),
        CallContent.NONE);
  }

  private static void write(Attribution whom, CallFields out) {
    out.text(whom.caller()).text(whom.project()).text(whom.env());
  }

  private static void write(Origin origin, CallFields out) {
    out.text(origin.ingress()).text(origin.route()).text(origin.clientAddress());
    out.textOrNull(origin.userAgent());
    out.textOrNull(origin.traceparent());
    out.textOrNull(origin.tracestate());
  }

  private static Origin origin(CallFields in) {
    return new Origin(
        in.text(), in.text(), in.text(), in.textOrNull(), in.textOrNull(), in.textOrNull());
  }

  private static void write(ServedBy by, CallFields out) {
    out.text(by.provider()).text(by.model()).text(by.strategy());
    out.text(by.group()).text(by.override());
    out.number(by.loweredTo()).number(by.attempts());
  }

  private static ServedBy servedBy(CallFields in) {
    return new ServedBy(
        in.text(), in.text(), in.text(), in.text(), in.text(), in.number(), (int) in.number());
  }

  private static void write(AttemptRecord attempt, CallFields out) {
    out.text(attempt.provider()).text(attempt.model());
    out.number(attempt.status()).text(attempt.message());
    out.number(attempt.startedEpochNanos()).number(attempt.durationNanos());
    out.text(attempt.spanId()).number(attempt.droppedChunks());
  }

  private static AttemptRecord attempt(CallFields in, @Nullable AttemptCost charge) {
    return new AttemptRecord(
        in.text(),
        in.text(),
        null,
        (int) in.number(),
        in.text(),
        in.number(),
        in.number(),
        in.text(),
        Chunks.NONE,
        (int) in.number(),
        Translation.NONE,
        charge);
  }

  private static void write(Usage usage, CallFields out) {
    out.number(usage.input()).number(usage.cacheRead());
    out.number(usage.cacheWrite5m()).number(usage.cacheWrite1h());
    out.number(usage.output()).number(usage.reasoning()).flag(usage.estimated());
    Usage.Terms terms = usage.terms();
    out.text(terms.tier()).number(terms.audioIn()).number(terms.audioOut());
    out.number(terms.billedNanos());
  }

  private static Usage usage(CallFields in) {
    return new Usage(
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.number(),
        in.flag(),
        new Usage.Terms(in.text(), in.number(), in.number(), in.number()));
  }

  private static void write(Cost cost, CallFields out) {
    out.number(cost.amount().nanos()).text(cost.status().name());
    out.number(cost.inputPerMillion().nanos()).number(cost.outputPerMillion().nanos());
  }

  private static Cost cost(CallFields in) {
    Usd amount = new Usd(in.number());
    CostStatus status = CostStatus.valueOf(in.text());
    return new Cost(amount, status, new Usd(in.number()), new Usd(in.number()));
  }
}
