package dev.infermux.mist.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.mist.Envelope;
import dev.infermux.mist.EnvelopeReader;
import dev.infermux.mist.HealthPing;
import dev.infermux.mist.MistErrorCode;
import dev.infermux.mist.MistException;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.transport.LineSender;
import dev.infermux.mist.transport.MistAddress;
import dev.infermux.mist.transport.MistSender;
import dev.infermux.mist.transport.MistSignature;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class HttpSenderTest {

  private static final HttpSenderOptions OPTIONS = HttpSenderOptions.defaults();

  /** A request as the server saw it. */
  record Seen(String method, String uri, String type, String signature, byte[] body) {}

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

  @Test
  void an_envelope_is_posted_to_the_mist_endpoint_below_the_base(Vertx vertx) throws Exception {
    String url = serve(vertx, request -> request.response().setStatusCode(202).end());
    MistSender sender = open(vertx, url + "/base", OPTIONS);
    Envelope envelope = ping();

    sender.send(envelope).toCompletableFuture().get(60, TimeUnit.SECONDS);

    Seen request = seen.poll(60, TimeUnit.SECONDS);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo("/base/mist");
    assertThat(request.type()).isEqualTo("application/json");
    assertThat(request.signature()).isNull();
    assertThat(EnvelopeReader.read(request.body()).header()).isEqualTo(envelope.header());
  }

  @Test
  void a_shared_secret_signs_the_bytes_that_are_sent(Vertx vertx) throws Exception {
    String url = serve(vertx, request -> request.response().end());
    HttpSender sender = open(vertx, url, OPTIONS.withSecret("s3cret"));

    sender.post(ping()).await(60, TimeUnit.SECONDS);

    Seen request = seen.poll(60, TimeUnit.SECONDS);
    assertThat(new MistSignature("s3cret").verify(request.body(), request.signature())).isTrue();
    assertThat(OPTIONS.withSecret("s3cret").toString()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "400, VALIDATION",
    "401, AUTH",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "429, RATE_LIMIT",
    "500, TRANSPORT",
    "302, TRANSPORT",
    "503, UNAVAILABLE",
    "504, TIMEOUT"
  })
  void a_refusal_has_the_code_that_its_status_means(int status, MistErrorCode code, Vertx vertx)
      throws Exception {
    String url = serve(vertx, request -> request.response().setStatusCode(status).end("no"));
    HttpSender sender = open(vertx, url, OPTIONS);

    assertFails(sender.post(ping()), code, url + "/mist: status " + status + " (expected: 2xx)");
  }

  @Test
  void many_envelopes_share_few_connections_and_answers_with_bodies(Vertx vertx) throws Exception {
    String url = serve(vertx, request -> request.response().end("x".repeat(100_000)));
    HttpSender sender = open(vertx, url, OPTIONS.withMaxInFlight(2));

    for (int i = 0; i < 50; i++) {
      Future.all(sender.post(ping()), sender.post(ping())).await(60, TimeUnit.SECONDS);
    }

    assertThat(seen).hasSize(100);
  }

  @Test
  void more_envelopes_than_allowed_in_flight_are_refused_at_once(Vertx vertx) throws Exception {
    List<HttpServerRequest> held = new ArrayList<>();
    String url = serve(vertx, held::add);
    HttpSender sender = open(vertx, url, OPTIONS.withMaxInFlight(1));

    Future<Void> first = sender.post(ping());
    assertFails(
        sender.post(ping()), MistErrorCode.UNAVAILABLE, "full (expected: at most 1 in flight)");

    seen.poll(60, TimeUnit.SECONDS);
    vertx.runOnContext(go -> held.get(0).response().end());
    first.await(60, TimeUnit.SECONDS);
  }

  @Test
  void a_silent_receiver_is_given_up_and_the_room_is_free_again(Vertx vertx) throws Exception {
    boolean[] silent = {true};
    String url =
        serve(
            vertx,
            request -> {
              if (!silent[0]) {
                request.response().end();
              }
            });
    HttpSender sender =
        open(vertx, url, OPTIONS.withTimeout(Duration.ofMillis(300)).withMaxInFlight(1));

    assertFails(sender.post(ping()), MistErrorCode.TIMEOUT, "no answer (expected: one within");

    silent[0] = false;
    sender.post(ping()).await(60, TimeUnit.SECONDS);
  }

  @Test
  void a_stalled_answer_body_is_given_up_too(Vertx vertx) throws Exception {
    String url = serve(vertx, request -> request.response().setChunked(true).write("half"));
    HttpSender sender = open(vertx, url, OPTIONS.withTimeout(Duration.ofMillis(300)));

    assertFails(sender.post(ping()), MistErrorCode.TIMEOUT, "no answer");
  }

  @Test
  void nobody_listening_is_a_transport_failure_with_the_address(Vertx vertx) throws Exception {
    HttpServer server = vertx.createHttpServer().requestHandler(request -> {});
    int port = server.listen(0, "127.0.0.1").await(60, TimeUnit.SECONDS).actualPort();
    server.close().await(60, TimeUnit.SECONDS);
    HttpSender sender = open(vertx, "http://127.0.0.1:" + port, OPTIONS);

    assertFails(sender.post(ping()), MistErrorCode.TRANSPORT, "http://127.0.0.1:" + port + "/mist");
  }

  @Test
  void a_message_too_large_to_be_read_is_not_sent(Vertx vertx) throws Exception {
    String url = serve(vertx, request -> request.response().end());
    HttpSender sender = open(vertx, url, OPTIONS);
    byte[] large = ("\"" + "x".repeat(EnvelopeReader.MAX_BYTES) + "\"").getBytes();

    assertFails(
        sender.post(Envelope.of("tests", "t", new RawPayload(large))),
        MistErrorCode.VALIDATION,
        "(expected: at most 10485760)");
    assertThat(seen).isEmpty();
  }

  @Test
  void the_address_chooses_the_sender(Vertx vertx) throws Exception {
    ByteArrayOutputStream stdio = new ByteArrayOutputStream();
    MistSender sender = MistSenders.open(vertx, MistAddress.parse("stdio://"), OPTIONS, stdio);

    sender.send(ping()).toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(stdio.toString()).contains("\"type\":\"health.ping\"").endsWith("\n");
    MistAddress file = MistAddress.parse("file:///never/written.jsonl");
    assertThat(MistSenders.open(vertx, file, OPTIONS, stdio)).isInstanceOf(LineSender.class);
    MistAddress http = MistAddress.parse("http://localhost");
    assertThat(MistSenders.open(vertx, http, OPTIONS, stdio)).isInstanceOf(HttpSender.class);
  }

  private String serve(Vertx vertx, Handler<HttpServerRequest> answer) throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              seen.add(seen(request, body));
                              answer.handle(request);
                            }));
    int port = server.listen(0, "127.0.0.1").await(60, TimeUnit.SECONDS).actualPort();
    return "http://127.0.0.1:" + port;
  }

  private static Seen seen(HttpServerRequest request, Buffer body) {
    return new Seen(
        request.method().name(),
        request.uri(),
        request.getHeader("Content-Type"),
        request.getHeader(MistSignature.HEADER),
        body.getBytes());
  }

  private static HttpSender open(Vertx vertx, String url, HttpSenderOptions options) {
    return new HttpSender(vertx, (MistAddress.Http) MistAddress.parse(url), options);
  }

  private static Envelope ping() {
    return Envelope.of("tests", MistType.HEALTH_PING, new HealthPing("tests"));
  }

  private static void assertFails(Future<Void> future, MistErrorCode code, String inMessage) {
    assertThatThrownBy(() -> future.await(60, TimeUnit.SECONDS))
        .isInstanceOf(MistException.class)
        .hasMessageContaining(inMessage)
        .extracting(e -> ((MistException) e).code())
        .isEqualTo(code);
  }
}
