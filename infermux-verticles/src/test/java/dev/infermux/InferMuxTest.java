package dev.infermux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.config.Config;
import dev.infermux.inference.AnswerStream;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.record.CallRecord;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mist.InferResponse;
import dev.infermux.policy.circuit.CircuitState;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.provider.ProviderType;
import dev.infermux.spi.Subscription;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class InferMuxTest {

  private Vertx vertx;

  @BeforeEach
  void open(Vertx vertx) {
    this.vertx = vertx;
  }

  @Test
  void whole_answer_carries_its_tokens_and_its_price() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));

    InferResponse answer = await(infermux.infer(request("echo-v1", "Hello world")));

    assertThat(answer.content()).isEqualTo("echo: Hello world");
    assertThat(answer.provider()).isEqualTo("echo");
    assertThat(answer.tokensIn()).isEqualTo(2);
    assertThat(answer.tokensOut()).isEqualTo(4);
    assertThat(answer.costUsd()).isEqualTo(0.00006);
  }

  @Test
  void stream_is_paused_until_asked_and_ends_with_done() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));

    AnswerStream stream = await(infermux.inferStream(request("echo-v1", "Hello world")));
    String text = await(collect(stream)).toString(UTF_8);

    assertThat(text).contains("\" world\"").endsWith("data: [DONE]\n\n");
  }

  @Test
  void failure_of_a_call_has_its_code_and_status() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));

    assertThatThrownBy(() -> await(infermux.infer(request("echo-v2", "Hi"))))
        .cause()
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.ModelNotFound.class))
        .hasMessageContaining("did you mean echo-v1?");
  }

  @Test
  void listener_sees_a_call_before_its_caller_does_until_it_unsubscribes() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));
    List<CallRecord> seen = new CopyOnWriteArrayList<>();
    infermux.onRequest(
        record -> {
          throw new IllegalStateException("a witness that throws is ignored");
        });
    Subscription subscription = infermux.onRequest(seen::add);

    int during = await(infermux.infer(request("echo-v1", "Hi")).map(answer -> seen.size()));
    subscription.cancel();
    await(infermux.infer(request("echo-v1", "Hi")));

    assertThat(during).isEqualTo(1);
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).attempts()).hasSize(1);
  }

  @Test
  void circuits_are_turned_by_name() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));
    List<String> heard = new CopyOnWriteArrayList<>();
    Subscription subscription =
        infermux.onCircuitStateChange((provider, from, to) -> heard.add(provider + " " + to));

    infermux.openCircuit("echo");
    assertThat(infermux.circuitStates()).containsExactly(Map.entry("echo", CircuitState.OPEN));
    infermux.closeCircuit("echo");
    assertThat(infermux.circuitStates()).containsEntry("echo", CircuitState.CLOSED);
    subscription.cancel();
    infermux.openCircuit("echo");
    infermux.resetCircuit("echo");

    assertThat(heard).containsExactly("echo open", "echo closed");
    assertThat(infermux.circuitStates()).containsEntry("echo", CircuitState.CLOSED);
    assertThatThrownBy(() -> infermux.openCircuit("ecco"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("provider: \"ecco\" (expected: echo)");
  }

  @Test
  void two_on_one_vertx_do_not_see_each_other() throws Exception {
    InferMux one = await(InferMux.create(vertx, Config.echo()));
    InferMux other = await(InferMux.create(vertx, named("other", "other-v1")));
    List<CallRecord> seen = new CopyOnWriteArrayList<>();
    other.onRequest(seen::add);

    await(one.infer(request("echo-v1", "Hi")));

    assertThat(seen).isEmpty();
    assertThat(await(other.infer(request("other-v1", "Hi"))).provider()).isEqualTo("other");
    assertThatThrownBy(() -> await(one.infer(request("other-v1", "Hi"))))
        .hasMessageContaining("other-v1");
  }

  @Test
  void closed_one_leaves_the_other_working() throws Exception {
    InferMux one = await(InferMux.create(vertx, Config.echo()));
    InferMux other = await(InferMux.create(vertx, Config.echo()));

    await(one.close());

    assertThat(await(other.infer(request("echo-v1", "Hi"))).content()).isEqualTo("echo: Hi");
  }

  @Test
  void it_serves_the_requests_of_a_server_of_the_program() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));
    int port =
        await(vertx.createHttpServer().requestHandler(infermux).listen(0, "127.0.0.1"))
            .actualPort();

    Buffer answer =
        await(
            vertx
                .createHttpClient()
                .request(HttpMethod.POST, port, "127.0.0.1", "/v1/chat/completions")
                .compose(
                    http ->
                        http.send(
                            "{\"model\":\"echo-v1\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .compose(response -> response.body()));

    assertThat(
            answer
                .toJsonObject()
                .getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getString("content"))
        .isEqualTo("echo: Hi");
  }

  @Test
  void server_of_another_vertx_is_served_as_well() throws Exception {
    InferMux infermux = await(InferMux.create(vertx, Config.echo()));
    Vertx stranger = Vertx.vertx();
    int port =
        await(stranger.createHttpServer().requestHandler(infermux).listen(0, "127.0.0.1"))
            .actualPort();

    Buffer answer =
        await(
            vertx
                .createHttpClient()
                .request(HttpMethod.POST, port, "127.0.0.1", "/infer")
                .compose(
                    http ->
                        http.send(
                            "{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .compose(response -> response.body()));

    assertThat(answer.toJsonObject().getString("content")).isEqualTo("echo: Hi");
    await(stranger.close());
  }

  @Test
  void all_cells_share_the_one_free_port() throws Exception {
    Config config = named("echo", "echo-v1");
    InferMux infermux = await(InferMux.create(vertx, config));
    InferMux other = await(InferMux.create(vertx, config));
    Set<String> threads = ConcurrentHashMap.newKeySet();
    infermux.onRequest(record -> threads.add(Thread.currentThread().getName()));

    int port = await(infermux.listen()).port();
    HttpClient client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    for (int i = 0; i < 8; i++) {
      await(
          client
              .request(HttpMethod.POST, port, "127.0.0.1", "/infer")
              .compose(
                  http ->
                      http.send(
                          "{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
              .compose(HttpClientResponse::body));
    }

    assertThat(threads).hasSizeGreaterThan(1);
    assertThat(await(other.listen()).port()).isNotEqualTo(port);
  }

  @Test
  void listener_is_open_after_listen_and_refuses_after_drain() throws Exception {
    Config config = named("echo", "echo-v1");
    InferMux infermux = await(InferMux.create(vertx, config));

    int port = await(infermux.listen()).port();
    assertThat(port).isPositive();
    await(infermux.drain(Duration.ofSeconds(5)));

    assertThatThrownBy(
            () ->
                await(
                    vertx
                        .createHttpClient()
                        .request(HttpMethod.GET, port, "127.0.0.1", "/providers")))
        .hasMessageContaining("refused");
  }

  @Test
  void closed_one_has_left_its_management_address_as_well() throws Exception {
    Config config =
        named("echo", "echo-v1")
            .withManagementListen(new dev.infermux.inbound.ListenAddress("127.0.0.1", 0));
    InferMux infermux = await(InferMux.create(vertx, config));

    int port = await(infermux.listen()).managementPort();
    await(infermux.close());

    assertThatThrownBy(
            () ->
                await(
                    vertx
                        .createHttpClient()
                        .request(HttpMethod.GET, port, "127.0.0.1", "/_infermux/health")))
        .hasMessageContaining("refused");
  }

  private static Config named(String name, String model) {
    Config config =
        Config.defaults()
            .withProvider(ProviderOptions.of(name, ProviderType.ECHO).withModels(model));
    return config.withHttp(
        config.http().withListen(new dev.infermux.inbound.ListenAddress("127.0.0.1", 0)));
  }

  private static InferRequest request(String model, String text) {
    return new InferRequest(model, "", List.of(ChatMessage.of("user", text)), Map.of(), Map.of());
  }

  private static Future<Buffer> collect(AnswerStream stream) {
    Promise<Buffer> whole = Promise.promise();
    Buffer collected = Buffer.buffer();
    stream.exceptionHandler(whole::tryFail);
    stream.endHandler(ended -> whole.tryComplete(collected));
    stream.handler(collected::appendBuffer);
    stream.resume();
    return whole.future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
