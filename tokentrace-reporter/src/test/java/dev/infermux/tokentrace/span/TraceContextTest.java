package dev.infermux.tokentrace.span;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String GOOD = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void a_traceparent_reads_and_writes_back_the_same() {
    TraceContext context = TraceContext.parse(GOOD);

    assertThat(context.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(context.spanId()).isEqualTo("b7ad6b7169203331");
    assertThat(context.sampled()).isTrue();
    assertThat(context.traceparent()).isEqualTo(GOOD);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "garbage",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0１"
      })
  void a_malformed_traceparent_is_as_none(String header) {
    assertThat(TraceContext.parse(header)).isNull();
    assertThat(SpanParent.remote(header, "a=b")).isSameAs(SpanParent.none());
  }

  @Test
  void a_later_version_may_carry_more() {
    String later = "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future";

    assertThat(TraceContext.parse(later).traceparent()).isEqualTo(GOOD);
  }

  @Test
  void only_the_last_bit_of_the_flags_says_sampled() {
    assertThat(TraceContext.parse(GOOD.replaceAll("01$", "02")).sampled()).isFalse();
    assertThat(TraceContext.parse(GOOD.replaceAll("01$", "03")).sampled()).isTrue();
    assertThat(TraceContext.parse(GOOD.replaceAll("01$", "00")).traceparent()).endsWith("-00");
  }

  @Test
  void a_child_keeps_the_trace_and_the_decision_and_draws_its_own_id() {
    TraceContext parent = TraceContext.parse(GOOD.replaceAll("01$", "00"));

    TraceContext child = parent.child();

    assertThat(child.traceId()).isEqualTo(parent.traceId());
    assertThat(child.spanId()).isNotEqualTo(parent.spanId());
    assertThat(child.sampled()).isFalse();
    assertThat(TraceContext.parse(child.traceparent())).isEqualTo(child);
  }

  @Test
  void a_long_mist_span_id_ends_in_the_w3c_one() {
    SpanParent parent =
        SpanParent.mist("0af7651916cd43dd8448eb211c80319c", "0000111122223333b7ad6b7169203331");

    assertThat(((RemoteParent) parent).context().traceparent()).isEqualTo(GOOD);
    assertThat(SpanParent.mist("no", "ids")).isSameAs(SpanParent.none());
  }

  @Test
  void an_overlong_tracestate_is_dropped_and_the_parent_kept() {
    RemoteParent parent = (RemoteParent) SpanParent.remote(GOOD, "k=" + "v".repeat(600));

    assertThat(parent.tracestate()).isEmpty();
    assertThat(parent.context().traceparent()).isEqualTo(GOOD);
  }

  @Test
  void spans_that_are_off_pass_the_callers_context_on() {
    OpenSpan server = Spans.off().start(null, SpanParent.remote(GOOD, null), 1);
    OpenSpan attempt = Spans.off().start(null, server, 2);

    assertThat(attempt.traceparent()).isEqualTo(GOOD);
    assertThat(Spans.off().start(null, SpanParent.none(), 1).traceparent()).isEmpty();
    assertThat(Spans.off().enabled()).isFalse();
  }
}
