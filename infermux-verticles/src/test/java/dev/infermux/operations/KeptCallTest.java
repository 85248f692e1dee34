package dev.infermux.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.events.Samples;
import dev.infermux.inference.Attribution;
import dev.infermux.inference.Chunks;
import dev.infermux.inference.Cost;
import dev.infermux.inference.CostStatus;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Operation;
import dev.infermux.inference.Origin;
import dev.infermux.inference.ServedBy;
import dev.infermux.inference.Translation;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.CallContent;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.inference.record.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptCallTest {

  private static final CallContent CONTENT = new CallContent("be brief", "hi", "[]", "hello");

  /** No two fields have one value, so that none can stand for another. */
  private static FinishedCall plain(String model, @Nullable AttemptCost charge) {
    return new FinishedCall(
        "id",
        "trace",
        Operation.EMBEDDINGS,
        model,
        true,
        11,
        new Attribution("caller", "project", "env"),
        new Origin("http", "/route", "address", "agent", "parent", null),
        new ServedBy("provider", "its-model", "strategy", "group", "override", 12, 13),
        List.of(attempt(charge, Chunks.NONE, Translation.NONE)),
        new Outcome(206, null),
        new Usage(21, 22, 23, 24, 25, 26, false, new Usage.Terms("tier", 27, 28, 29)),
        new Cost(new Usd(31), CostStatus.ESTIMATED, new Usd(32), new Usd(33)),
        "stop",
        41,
        42,
        43,
        CallContent.NONE);
  }

  private static AttemptRecord attempt(
      @Nullable AttemptCost charge, Chunks chunks, Translation translation) {
    return new AttemptRecord(
        "asked", "by-name", null, 51, "message", 52, 53, "span", chunks, 54, translation, charge);
  }

  private static AttemptCost charge() {
    return new AttemptCost(
        new Usage(61, 62, 63, 64, 65, 66, true, new Usage.Terms("other-tier", 67, 68, 69)),
        new Cost(new Usd(71), CostStatus.UNPRICED, new Usd(72), new Usd(73)));
  }

  @Test
  void plain_call_is_kept_as_bytes_and_comes_back_as_it_was() {
    KeptCall kept = new KeptCall();
    for (FinishedCall call : List.of(plain("model", charge()), plain("model", null))) {
      kept.keep(call.with(CONTENT));

      assertThat(kept.call()).isEqualTo(call).isNotSameAs(call);
      assertThat(kept.call()).as("read twice").isEqualTo(call);
    }
  }

  static List<FinishedCall> others() {
    FinishedCall plain = plain("model", null);
    Translation translated = new Translation("messages→chat", List.of("top_k"));
    return List.of(
        plain("模型", null),
        plain("m".repeat(5_000), null),
        with(plain, attempt(null, new Chunks(3, null), Translation.NONE)),
        with(plain, attempt(null, Chunks.NONE, translated)),
        FinishedCall.of(Samples.failedOver()),
        FinishedCall.of(Samples.retried()),
        FinishedCall.of(Samples.refused(new Failure.InvalidApiKey("no"))));
  }

  @ParameterizedTest
  @MethodSource("others")
  void any_other_call_is_kept_as_it_is(FinishedCall call) {
    KeptCall kept = new KeptCall();
    kept.keep(plain("model", null));
    kept.keep(call);

    assertThat(kept.call()).isSameAs(call);
  }

  @ParameterizedTest
  @MethodSource("others")
  void what_was_asked_and_answered_is_not_kept(FinishedCall call) {
    KeptCall kept = new KeptCall();
    kept.keep(call.with(CONTENT));

    assertThat(kept.call()).isEqualTo(call);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300, 500, 600, 700, 800, 900, 1_000, 1_100, 2_000})
  void no_length_is_cut_off(int length) {
    FinishedCall call = plain("m".repeat(length), charge());
    KeptCall kept = new KeptCall();
    kept.keep(call);

    assertThat(kept.call()).isEqualTo(call);
  }

  @Test
  void place_is_free_for_a_call_of_the_other_kind() {
    CallRecord refused = Samples.refused(new Failure.InvalidApiKey("no"));
    KeptCall kept = new KeptCall();
    kept.keep(FinishedCall.of(refused));
    kept.keep(plain("model", charge()));

    assertThat(kept.call()).isEqualTo(plain("model", charge()));
  }

  private static FinishedCall with(FinishedCall call, AttemptRecord attempt) {
    return new FinishedCall(
        call.requestId(),
        call.traceId(),
        call.operation(),
        call.requestedModel(),
        call.stream(),
        call.maxTokens(),
        call.attribution(),
        call.origin(),
        call.servedBy(),
        List.of(attempt),
        call.outcome(),
        call.usage(),
        call.cost(),
        call.finishReason(),
        call.startedEpochNanos(),
        call.latencyNanos(),
        call.firstTokenNanos(),
        call.content());
  }
}
