package dev.infermux.tokentrace.record;

import static io.opentelemetry.api.common.AttributeKey.booleanArrayKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longArrayKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static io.opentelemetry.api.common.AttributeKey.valueKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.infermux.tokentrace.span.SpanFacts;
import dev.infermux.tokentrace.span.SpanParent;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is encoded, as OpenTelemetry's own classes for the protocol read it. */
class SpanEncoderTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";
  private static final int SAMPLED_AND_REMOTE = 0x301;
  private static final int SAMPLED_AND_LOCAL = 0x101;

  private final SpanEncoder encoder = new SpanEncoder();

  private static SpanStart under(String tracestate) {
    SpanParent caller = SpanParent.remote("00-" + TRACE + "-" + CALLER + "-01", tracestate);
    return Lineage.begin(SpanKind.SERVER, caller, 1_700_000_000_000_000_001L);
  }

  private Span encoded(SpanStart beginning, SpanFacts facts) throws Exception {
    byte[] field = bytes(encoder.encode(beginning, 1_700_000_000_000_000_999L, facts));
    return ScopeSpans.parseFrom(field).getSpans(0);
  }

  private Map<String, AnyValue> attributes(Consumer<AttributesBuilder> facts) throws Exception {
    return encoded(under(""), new Named("n", null, facts)).getAttributesList().stream()
        .collect(Collectors.toMap(it -> it.getKey(), it -> it.getValue()));
  }

  @Test
  void a_span_has_its_ids_times_kind_and_state() throws Exception {
    SpanStart beginning = under("vendor=1,other=x");

    Span span = encoded(beginning, new Named("POST /ä/€/\uD83D\uDE00", null, into -> {}));

    assertThat(hex(span.getTraceId().toByteArray())).isEqualTo(TRACE);
    assertThat(hex(span.getSpanId().toByteArray()))
        .isEqualTo(dev.infermux.tokentrace.span.TraceContext.spanId(beginning.context().span()));
    assertThat(hex(span.getParentSpanId().toByteArray())).isEqualTo(CALLER);
    assertThat(span.getTraceState()).isEqualTo("vendor=1,other=x");
    assertThat(span.getName()).isEqualTo("POST /ä/€/\uD83D\uDE00");
    assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1_700_000_000_000_000_001L);
    assertThat(span.getEndTimeUnixNano()).isEqualTo(1_700_000_000_000_000_999L);
    assertThat(span.getFlags()).isEqualTo(SAMPLED_AND_REMOTE);
    assertThat(span.getStatus()).isEqualTo(Status.getDefaultInstance());
  }

  @Test
  void a_root_has_no_parent_and_a_failed_span_says_why() throws Exception {
    SpanStart root = Lineage.begin(SpanKind.CLIENT, SpanParent.none(), 1);

    Span span = encoded(root, new Named("chat", "429 from openai", into -> {}));

    assertThat(span.getParentSpanId().isEmpty()).isTrue();
    assertThat(span.getFlags()).isEqualTo(SAMPLED_AND_LOCAL);
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(span.getStatus().getMessage()).isEqualTo("429 from openai");
  }

  @Test
  void attributes_of_every_type_arrive() throws Exception {
    Map<String, AnyValue> read =
        attributes(
            into ->
                into.put(stringKey("text"), "ü")
                    .put(longKey("negative"), -5L)
                    .put(longKey("small"), 7)
                    .put("large", Long.MAX_VALUE)
                    .put(doubleKey("real"), 0.25)
                    .put("truth", true)
                    .put(stringArrayKey("texts"), List.of("a", ""))
                    .put(longArrayKey("numbers"), List.of(1L, 300L))
                    .put(booleanArrayKey("truths"), List.of(false))
                    .put(stringArrayKey("none"), List.of())
                    .put(valueKey("bytes"), Value.of(new byte[] {1, 2}))
                    .put(
                        valueKey("map"),
                        Value.of(KeyValue.of("k", Value.of(Value.of("v"), Value.of(1L))))));

    assertThat(read.get("text").getStringValue()).isEqualTo("ü");
    assertThat(read.get("negative").getIntValue()).isEqualTo(-5);
    assertThat(read.get("small").getIntValue()).isEqualTo(7);
    assertThat(read.get("large").getIntValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.get("real").getDoubleValue()).isEqualTo(0.25);
    assertThat(read.get("truth").getBoolValue()).isTrue();
    assertThat(read.get("texts").getArrayValue().getValuesList())
        .extracting(AnyValue::getStringValue)
        .containsExactly("a", "");
    assertThat(read.get("numbers").getArrayValue().getValuesList())
        .extracting(AnyValue::getIntValue)
        .containsExactly(1L, 300L);
    assertThat(read.get("truths").getArrayValue().getValues(0).hasBoolValue()).isTrue();
    assertThat(read.get("none").getArrayValue().getValuesCount()).isZero();
    assertThat(read.get("bytes").getBytesValue().toByteArray()).containsExactly(1, 2);
    assertThat(
            read.get("map").getKvlistValue().getValues(0).getValue().getArrayValue().getValues(1))
        .extracting(AnyValue::getIntValue)
        .isEqualTo(1L);
  }

  @Test
  void of_a_key_that_is_put_twice_the_last_value_counts() throws Exception {
    Map<String, AnyValue> read =
        attributes(into -> into.put("a", "first").put("b", "kept").put("a", "last"));

    assertThat(read).hasSize(2);
    assertThat(read.get("a").getStringValue()).isEqualTo("last");
  }

  @Test
  void what_one_span_left_behind_is_not_in_the_next() throws Exception {
    attributes(into -> into.put("large", "x".repeat(200_000)));

    Map<String, AnyValue> read = attributes(into -> into.put("small", "y"));

    assertThat(read).containsOnlyKeys("small");
  }

  @Test
  void half_a_character_becomes_a_question_mark() throws Exception {
    assertThat(attributes(into -> into.put("half", "a\uD83D")).get("half").getStringValue())
        .isEqualTo("a?");
  }

  @Test
  void spans_stand_below_their_resource_and_scope() throws Exception {
    byte[] first = bytes(encoder.encode(under(""), 2, new Named("first", null, into -> {})));
    byte[] second = bytes(encoder.encode(under(""), 3, new Named("second", null, into -> {})));
    byte[] head = SpanBatch.of(SpanSource.of("service", "1.2")).head(first.length + second.length);
    byte[] message = new byte[head.length + first.length + second.length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(first, 0, message, head.length, first.length);
    System.arraycopy(second, 0, message, head.length + first.length, second.length);

    var spans = ExportTraceServiceRequest.parseFrom(message).getResourceSpans(0);

    assertThat(spans.getResource().getAttributesList())
        .anyMatch(
            it ->
                it.getKey().equals("service.name")
                    && it.getValue().getStringValue().equals("service"));
    assertThat(spans.getScopeSpans(0).getScope().getName()).isEqualTo("dev.infermux.tokentrace");
    assertThat(spans.getScopeSpans(0).getScope().getVersion()).isEqualTo("1.2");
    assertThat(spans.getScopeSpans(0).getSpansList())
        .extracting(Span::getName)
        .containsExactly("first", "second");
  }

  @Test
  void facts_that_throw_cost_their_span_alone() {
    SpanQueue queue = new SpanQueue(4);
    RecordedSpans spans = new RecordedSpans(queue, false);

    spans
        .start(SpanKind.INTERNAL, SpanParent.none(), 1)
        .end(
            2,
            new Named(
                "bad",
                null,
                into -> {
                  throw new IllegalStateException("facts");
                }));

    EndedSpan ended = queue.poll();
    assertThatIllegalStateException().isThrownBy(() -> ended.encoded(encoder)).withMessage("facts");
  }

  @Test
  void span_that_was_sent_is_written_anew_once() throws Exception {
    EncodedSpan first = encoder.encode(under(""), 2, new Named("a long name", null, into -> {}));
    first.giveBack();
    first.giveBack();

    EncodedSpan second = encoder.encode(under(""), 3, new Named("short", null, into -> {}));
    EncodedSpan third = encoder.encode(under(""), 4, new Named("third", null, into -> {}));

    assertThat(second).isSameAs(first);
    assertThat(third).isNotSameAs(first);
    assertThat(ScopeSpans.parseFrom(bytes(second)).getSpans(0).getName()).isEqualTo("short");
    assertThat(ScopeSpans.parseFrom(bytes(third)).getSpans(0).getName()).isEqualTo("third");
  }

  @Test
  void very_large_span_is_left_to_the_collector() {
    EncodedSpan large =
        encoder.encode(under(""), 2, new Named("x".repeat(3_000), null, into -> {}));
    large.giveBack();

    assertThat(encoder.encode(under(""), 3, new Named("n", null, into -> {}))).isNotSameAs(large);
  }

  @Test
  void no_more_spans_are_kept_than_there_are_places() {
    SpareSpans spare = new SpareSpans();
    SpareSpans home = new SpareSpans();
    for (int i = 0; i < SpareSpans.MOST + 1; i++) {
      spare.give(EncodedSpan.lent(home));
    }

    for (int i = 0; i < SpareSpans.MOST; i++) {
      assertThat(spare.take()).isNotNull();
    }
    assertThat(spare.take()).isNull();
  }

  private static byte[] bytes(EncodedSpan span) {
    return Arrays.copyOf(span.bytes(), span.length());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Facts of a test. */
  private record Named(String name, String errorText, Consumer<AttributesBuilder> facts)
      implements SpanFacts {

    @Override
    public boolean failed() {
      return errorText != null;
    }

    @Override
    public void attributes(AttributesBuilder into) {
      facts.accept(into);
    }
  }
}
