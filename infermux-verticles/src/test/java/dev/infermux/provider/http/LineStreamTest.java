package dev.infermux.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.ErrorResponse;
import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.Framing;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.dialect.ResponseDialect;
import dev.infermux.inference.Answer;
import dev.infermux.inference.Attempt;
import dev.infermux.inference.End;
import dev.infermux.inference.Failure;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Provider;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.MockUpstream;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import dev.infermux.vertx.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The transport reads a dialect whose streams are one value a line. */
@ExtendWith(VertxExtension.class)
class LineStreamTest {

  private static final String NDJSON = "application/x-ndjson";

  private Vertx vertx;
  private MockUpstream mock;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
    mock = MockUpstream.start(vertx);
  }

  @AfterEach
  void close() {
    mock.close();
  }

  @Test
  void values_reach_the_caller_as_lines_however_they_were_torn() {
    mock.next(lines("{\"a\":1}\n{\"b\"", ":2}\r\n\n", "{\"done\":true}\n"));

    try (ProviderRig rig = rig()) {
      StreamProbe stream = rig.streamed(TestCall.stream());

      assertThat(stream.toEnd().failure()).isNull();
      assertThat(stream.text()).isEqualTo("{\"a\":1}\n{\"b\":2}\n{\"done\":true}\n");
    }
  }

  @Test
  void a_stream_without_its_last_value_is_cut() {
    mock.next(lines("{\"a\":1}\n"));

    try (ProviderRig rig = rig()) {
      StreamProbe stream = rig.streamed(TestCall.stream());

      assertThat(stream.toEnd().failure())
          .isInstanceOfSatisfying(
              UpstreamError.class, cut -> assertThat(cut.kind()).isEqualTo(FailureClass.CUT));
    }
  }

  @Test
  void one_json_value_is_a_stream_that_lacks_its_end() {
    mock.next(MockAnswer.json("{\"a\":1}"));

    try (ProviderRig rig = rig()) {
      assertThat(rig.failure(TestCall.stream()).message()).contains("closed its connection");
    }
  }

  private static MockAnswer lines(String... pieces) {
    return MockAnswer.sse(List.of(pieces).stream().map(Buffer::buffer).toList())
        .header("content-type", NDJSON);
  }

  private ProviderRig rig() {
    return new ProviderRig(vertx, Lines::new);
  }

  private final class Lines implements Provider, ResponseDialect {
    private final ProviderFailures failures = new ProviderFailures("up");
    private final Upstream upstream;
    private final RequestOptions request;

    Lines(Vertx vertx) {
      ProviderOptions options =
          ProviderOptions.of("up", ProviderType.OPENAI).withBaseUrl(mock.baseUrl());
      BaseUrl base = BaseUrl.of(options.baseUrl(), "");
      Transport transport =
          Upstream.transport(vertx, VertxTimers.time(vertx), options, base, Upstream.pool(1, 1));
      upstream = new Upstream(transport, new Upstream.Protocol(this, (attempt, request) -> {}));
      request =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setServer(base.server())
              .setHost(base.host())
              .setPort(base.port())
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
      return Framing.NDJSON;
    }

    @Override
    public Answer whole(Attempt attempt, Buffer body) {
      return Answer.whole(body, End.whole("", null, null, 0));
    }

    @Override
    public Failure refused(ErrorResponse response) {
      return failures.malformed(response.status(), "refused");
    }

    @Override
    public EventReader events(Attempt attempt) {
      return new UntilDone(failures);
    }
  }
}
