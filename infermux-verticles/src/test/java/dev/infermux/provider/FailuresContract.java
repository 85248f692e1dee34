package dev.infermux.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.ProviderRejected;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every dialect makes of answers that are no good, each with the class of its failure. */
public abstract class FailuresContract extends ProviderContract {

  protected FailuresContract(ProviderSpeech api) {
    super(api);
  }

  private static final Duration SHORT = Duration.ofMillis(200);

  static Stream<Arguments> brokenAnswers() {
    return Stream.of(
        Arguments.of("reset before a head", MockAnswer.reset(), FailureClass.CONNECTION),
        Arguments.of("closed before a head", MockAnswer.close(), FailureClass.CONNECTION),
        Arguments.of(
            "not HTTP", MockAnswer.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"), FailureClass.MALFORMED),
        Arguments.of(
            "both lengths",
            MockAnswer.raw(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"),
            FailureClass.MALFORMED),
        Arguments.of(
            "a line without its end",
            MockAnswer.raw("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"),
            FailureClass.MALFORMED),
        Arguments.of(
            "bytes of another kind", MockAnswer.raw("\0\1 x\r\n\r\n"), FailureClass.MALFORMED),
        Arguments.of("an endless head", MockAnswer.endlessHead(), FailureClass.MALFORMED),
        Arguments.of(
            "a redirect", MockAnswer.redirect("http://127.0.0.1:1/"), FailureClass.MALFORMED),
        Arguments.of("HTML in a 200", MockAnswer.html(200), FailureClass.MALFORMED),
        Arguments.of("nothing in a 200", MockAnswer.empty(200), FailureClass.MALFORMED),
        Arguments.of("nothing in a 204", MockAnswer.empty(204), FailureClass.MALFORMED),
        Arguments.of("an empty object", MockAnswer.json("{}"), FailureClass.MALFORMED),
        Arguments.of("half a document", MockAnswer.json("{\"id\":\"x\","), FailureClass.MALFORMED),
        Arguments.of("a string", MockAnswer.json("\"hello\""), FailureClass.MALFORMED),
        Arguments.of("a 500", MockAnswer.html(500), FailureClass.SERVER_ERROR),
        Arguments.of("a 502 without a body", MockAnswer.empty(502), FailureClass.SERVER_ERROR),
        Arguments.of(
            "a 503 that breaks off", MockAnswer.html(503).cutAfter(4), FailureClass.SERVER_ERROR),
        Arguments.of("a 429 without a body", MockAnswer.empty(429), FailureClass.RATE_LIMITED),
        Arguments.of(
            "a body cut short",
            MockAnswer.json("{\"id\":\"0123456789\"}").cutAfter(7),
            FailureClass.CONNECTION),
        Arguments.of(
            "a body that never ends",
            MockAnswer.flood("application/json", Buffer.buffer(" ".repeat(64 << 10)), -1),
            FailureClass.MALFORMED));
  }

  /** Whether a caller's key is passed on where the provider has none of its own. */
  protected boolean takesCallersKey() {
    return true;
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("brokenAnswers")
  void a_broken_answer_has_its_class(String what, MockAnswer answer, FailureClass kind) {
    upstream.always(answer);
    ProviderContext limited = new ProviderContext("", 1 << 20);
    ProviderRig rig = rig(options -> options.withContext(limited));

    assertThat(classOf(rig.failure(chat()))).isEqualTo(kind);
    assertThat(classOf(rig.failure(streamed()))).isEqualTo(kind);
  }

  @Test
  void a_closed_port_is_a_connection_failure() {
    ProviderRig rig = rig(options -> options.withBaseUrl(URI.create("http://127.0.0.1:1/v1")));

    assertThat(classOf(rig.failure(chat()))).isEqualTo(FailureClass.CONNECTION);
  }

  @Test
  void a_host_that_does_not_exist_is_a_connection_failure() {
    ProviderRig rig =
        rig(options -> options.withBaseUrl(URI.create("http://no.such.host.invalid/v1")));

    assertThat(classOf(rig.failure(chat()))).isEqualTo(FailureClass.CONNECTION);
  }

  @Test
  void tls_against_a_plain_port_is_a_connection_failure() {
    upstream.always(MockAnswer.json(api.whole()));
    ProviderRig rig =
        rig(
            o ->
                o.withBaseUrl(URI.create("https://127.0.0.1:" + upstream.port() + "/v1"))
                    .withTimeout(SHORT));

    Failure failure = rig.failure(chat());

    assertThat(failure).isInstanceOfAny(UpstreamError.class, UpstreamTimeout.class);
  }

  @Test
  void silence_before_the_head_is_a_timeout() {
    upstream.always(MockAnswer.silence());
    ProviderRig rig = rig(options -> options.withTimeout(SHORT));

    assertThat(rig.failure(chat())).isInstanceOf(UpstreamTimeout.class);
    assertThat(rig.failure(streamed())).isInstanceOf(UpstreamTimeout.class);
  }

  @Test
  void silence_inside_a_whole_body_is_a_timeout() {
    upstream.always(MockAnswer.flood("application/json", Buffer.buffer("{"), 1).thenSilence());
    ProviderRig rig = rig(options -> options.withTimeout(SHORT));

    assertThat(rig.failure(chat())).isInstanceOf(UpstreamTimeout.class);
  }

  @Test
  void silence_before_the_first_event_is_a_timeout() {
    upstream.always(MockAnswer.sse(List.of(Buffer.buffer(": hello\n\n"))).thenSilence());

    assertThat(rig(o -> o.withFirstTokenTimeout(SHORT)).failure(streamed()))
        .isInstanceOf(UpstreamTimeout.class);
    assertThat(rig(o -> o.withFirstTokenTimeout(SHORT)).failure(streamed()))
        .isInstanceOf(UpstreamTimeout.class);
  }

  @Test
  void silence_between_chunks_is_a_cut() {
    upstream.next(MockAnswer.sse(List.of(api.contentEvent())).thenSilence());

    StreamProbe probe = rig(o -> o.withStreamIdleTimeout(SHORT)).streamed(streamed());
    End summary = probe.toEnd();

    assertThat(classOf(summary.failure())).isEqualTo(FailureClass.CUT);
    assertThat(probe.ended()).isFalse();
    assertThat(probe.text()).doesNotContain(api.lastWord());
  }

  @Test
  void a_reader_that_takes_its_time_is_not_the_providers_silence() {
    upstream.next(streamAnswer());
    ProviderRig rig = rig(o -> o.withStreamIdleTimeout(SHORT));
    StreamProbe probe = rig.streamed(streamed());

    var later = new java.util.concurrent.CompletableFuture<Void>();
    vertx.setTimer(3 * SHORT.toMillis(), id -> later.complete(null));
    later.join();

    assertThat(probe.toEnd().failure()).isNull();
    assertThat(api.content(probe)).isEqualTo("Hello, world");
  }

  @Test
  void a_stream_cut_at_any_byte_is_never_a_success() {
    ProviderRig rig = rig();
    int whole = api.wholeFrom();
    List<Object> outcomes = new ArrayList<>();
    for (int offset = 0; offset < whole; offset++) {
      upstream.next(streamAnswer().cutAfter(offset));
      outcomes.add(outcome(rig));
    }

    for (int offset = 0; offset < whole; offset++) {
      Object outcome = outcomes.get(offset);
      if (outcome instanceof StreamProbe probe) {
        End summary = probe.toEnd();
        assertThat(summary.failure()).as("cut after %d bytes", offset).isNotNull();
        assertThat(probe.text()).as("cut after %d bytes", offset).doesNotContain(api.lastWord());
      }
    }
  }

  private Object outcome(ProviderRig rig) {
    try {
      return rig.streamed(streamed());
    } catch (dev.infermux.inference.InferenceException failed) {
      return failed.failure();
    }
  }

  @Test
  void the_gateways_own_key_refused_is_not_the_callers_fault() {
    upstream.always(
        MockAnswer.json(401, api.error("Incorrect API key provided: " + KEY, "invalid_api_key")));

    Failure failure = rig().failure(chat());

    assertThat(classOf(failure)).isEqualTo(FailureClass.UNAUTHORIZED);
    assertThat(failure.status()).isEqualTo(502);
    assertThat(failure.message()).doesNotContain(KEY);
  }

  @Test
  void the_callers_own_key_refused_is_the_callers_fault() {
    upstream.always(MockAnswer.json(403, api.error("Not you", "forbidden")));
    ProviderRig rig = rig(options -> options.withApiKey(null));

    Failure failure = rig.failure(chat().credential("sk-caller-secret"));

    if (!takesCallersKey()) {
      assertThat(failure.kind()).isEqualTo(FailureClass.UNAUTHORIZED);
      return;
    }
    assertThat(failure).isInstanceOf(ProviderRejected.class);
    assertThat(failure.status()).isEqualTo(403);
    assertThat(failure.message()).isEqualTo("Not you");
  }

  @ParameterizedTest
  @CsvSource({
    "400, CALLER_FAULT", "404, NOT_FOUND", "408, TRANSIENT", "409, TRANSIENT",
    "413, TOO_LARGE", "415, CALLER_FAULT", "422, CALLER_FAULT", "425, TRANSIENT"
  })
  void what_is_about_the_call_keeps_the_providers_status_and_words(int status, FailureClass kind) {
    upstream.next(MockAnswer.json(status, api.error("Try it otherwise", "invalid_value")));

    Failure failure = rig().failure(chat());

    assertThat(classOf(failure)).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.message()).isEqualTo("Try it otherwise");
  }

  @Test
  void a_wait_that_the_provider_asks_for_is_kept() {
    upstream.always(
        MockAnswer.json(429, api.error("Slow down", "rate_limit")).header("retry-after", "7"));

    Failure failure = rig().failure(chat());

    assertThat(classOf(failure)).isEqualTo(FailureClass.RATE_LIMITED);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void nothing_that_fails_leaves_a_connection_open_for_long() {
    upstream.always(MockAnswer.html(500));
    ProviderRig rig = rig();

    for (int i = 0; i < 50; i++) {
      rig.failure(chat());
    }

    assertThat(upstream.acceptedConnections()).isEqualTo(1);
  }

  protected static FailureClass classOf(Failure failure) {
    if (failure instanceof UpstreamError error) {
      return error.kind();
    }
    if (failure instanceof ProviderRejected rejected) {
      return rejected.kind();
    }
    throw new AssertionError("no class in " + failure);
  }
}
