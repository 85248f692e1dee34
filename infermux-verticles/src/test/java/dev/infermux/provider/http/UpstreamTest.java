package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.Cancelled;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.Failure.UpstreamTimeout;
import dev.infermux.inference.FailureClass;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.TestCall;
import dev.infermux.testing.TestTls;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class UpstreamTest {

  private Vertx vertx;
  private MockUpstream mock;
  private Duration timeout = Duration.ofSeconds(10);
  private URI baseUrl;
  private boolean buggy;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    mock = MockUpstream.start(vertx);
    baseUrl = mock.baseUrl();
  }

  @AfterEach
  void close() {
    mock.close();
  }

  /** A provider that sends {@code {}} and takes whatever comes, over at most one connection. */
  private final class OneConnection implements Provider, ResponseDialect {
    private final Transport transport;
    private final Upstream upstream;
    private final RequestOptions request;

    OneConnection(Vertx vertx) {
      ProviderOptions options =
          ProviderOptions.of("up", ProviderType.OPENAI).withBaseUrl(baseUrl).withTimeout(timeout);
      BaseUrl base = BaseUrl.of(options.baseUrl(), "");
      transport =
          Upstream.transport(vertx, VertxTimers.time(vertx), options, base, Upstream.pool(1, 1));
      upstream = new Upstream(transport, new Upstream.Protocol(this, (attempt, request) -> {}));
      request =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setServer(base.server())
              .setHost(base.host())
              .setPort(base.port())
              .setSsl(base.tls())
              .setURI(base.target("/x"));
    }

    @Override
    public Future<Answer> call(Attempt attempt) {
      return upstream.send(attempt, request, Buffer.buffer("{}"));
    }

    @Override
    public Future<Void> close() {
      return upstream.close();
    }

    @Override
    public Framing framing() {
      return Framing.SSE;
    }

    @Override
    public Answer whole(Attempt attempt, Buffer body) {
      if (buggy) {
        throw new IllegalStateException("a bug");
      }
      return Answer.whole(body, End.whole("", null, null, 0));
    }

    @Override
    public Failure refused(ErrorResponse response) {
      return transport.failures().malformed(response.status(), "refused");
    }

    @Override
    public EventReader events(Attempt attempt) {
      return new UntilDone(transport.failures()) {
        @Override
        public void end(String how, FrameWriter out) {
          throw new IllegalStateException("a bug");
        }
      };
    }
  }

  private ProviderRig rig() {
    return new ProviderRig(vertx, here -> new OneConnection(here));
  }

  @Test
  void a_call_that_waits_for_a_connection_can_be_cancelled_and_frees_its_place() {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    mock.next(MockAnswer.json("1").after(gate)).always(MockAnswer.json("2"));
    try (ProviderRig rig = rig()) {
      CompletableFuture<Answer> first = rig.start(TestCall.chat().attempt());
      await().until(() -> mock.requests().size() == 1);
      TestCall second = TestCall.chat();
      CompletableFuture<Answer> waiting = rig.start(second.attempt());
      rig.settle();
      assertThat(waiting).isNotDone();

      second.cancellation().cancel();

      assertThat(ProviderRig.failure(waiting)).isInstanceOf(Cancelled.class);
      gate.complete(null);
      ProviderRig.wait(first);
      assertThat(rig.whole(TestCall.chat()).body().toString()).isEqualTo("2");
      assertThat(mock.requests()).hasSize(2);
    }
  }

  @Test
  void a_queue_that_is_full_refuses_at_once() {
    mock.always(MockAnswer.silence());
    try (ProviderRig rig = rig()) {
      rig.start(TestCall.chat().attempt());
      await().until(() -> mock.requests().size() == 1);
      rig.start(TestCall.chat().attempt());
      rig.settle();

      Failure failure = rig.failure(TestCall.chat());

      assertThat(failure).isInstanceOf(Failure.Overloaded.class);
      assertThat(failure.status()).isEqualTo(503);
      assertThat(failure.kind()).isEqualTo(FailureClass.LOCAL_SHORTAGE);
      assertThat(failure.message()).contains("wait for a connection");
    }
  }

  @Test
  void a_call_that_waits_for_a_connection_is_timed_out_too() {
    timeout = Duration.ofMillis(200);
    mock.always(MockAnswer.silence());
    try (ProviderRig rig = rig()) {
      CompletableFuture<Answer> first = rig.start(TestCall.chat().attempt());
      await().until(() -> mock.requests().size() == 1);
      CompletableFuture<Answer> second = rig.start(TestCall.chat().attempt());

      assertThat(ProviderRig.failure(first)).isInstanceOf(UpstreamTimeout.class);
      assertThat(ProviderRig.failure(second)).isInstanceOf(UpstreamTimeout.class);
    }
  }

  @Test
  void nothing_is_watched_any_more_when_all_calls_are_over() {
    mock.always(
        request -> mock.requests().size() % 3 == 0 ? MockAnswer.reset() : MockAnswer.json("1"));
    try (ProviderRig rig = rig()) {
      for (int i = 0; i < 30; i++) {
        CompletableFuture<Answer> answer = rig.start(TestCall.chat().attempt());
        answer.handle((answered, failed) -> true).join();
      }
      rig.settle();
      Transport transport = ((OneConnection) rig.provider()).transport;

      assertThat(transport.head().isEmpty()).isTrue();
      assertThat(transport.idle().isEmpty()).isTrue();
      assertThat(transport.firstToken().isEmpty()).isTrue();
      assertThat(transport.linger().isEmpty()).isTrue();
    }
  }

  @Test
  void a_bug_in_a_dialect_fails_its_call_and_nothing_else() {
    mock.always(MockAnswer.json("1"));
    try (ProviderRig rig = rig()) {
      buggy = true;
      CompletableFuture<Answer> answer = rig.start(TestCall.chat().attempt());
      await().until(answer::isCompletedExceptionally);

      buggy = false;
      assertThat(rig.whole(TestCall.chat()).body().toString()).isEqualTo("1");
    }
  }

  @Test
  void a_call_from_another_thread_is_taken_to_the_loop() {
    mock.always(MockAnswer.json("1"));
    try (ProviderRig rig = rig()) {
      Future<Answer> answer = rig.provider().call(TestCall.chat().attempt());

      assertThat(answer.await().bytes().toString()).isEqualTo("1");
    }
  }

  @Test
  void a_certificate_that_nobody_signed_fails_the_handshake(@TempDir Path directory)
      throws IOException {
    try (MockUpstream secret = MockUpstream.start(vertx, TestTls.selfSigned(directory))) {
      baseUrl = URI.create("https://localhost:" + secret.port());
      try (ProviderRig rig = rig()) {
        UpstreamError failure = (UpstreamError) rig.failure(TestCall.chat());

        assertThat(failure.kind()).isEqualTo(FailureClass.CONNECTION);
        assertThat(failure.message()).contains("TLS handshake failed");
        assertThat(secret.requests()).isEmpty();
      }
    }
  }

  @Test
  void bug_at_the_end_of_a_stream_ends_it() {
    mock.always(MockAnswer.events("{}"));
    try (ProviderRig rig = rig()) {
      assertThat(rig.streamed(TestCall.stream()).toEnd().failure())
          .isInstanceOf(Failure.Internal.class);
    }
  }
}
