package dev.infermux.inbound.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hazelcast.config.Config;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import dev.infermux.bus.BusAddresses;
import dev.infermux.e2e.kit.BusEvents;
import dev.infermux.e2e.kit.Gateway;
import dev.infermux.e2e.kit.Texts;
import dev.infermux.mist.Envelope;
import dev.infermux.mist.InferCancel;
import dev.infermux.mist.InferChunk;
import dev.infermux.mist.InferResponse;
import dev.infermux.mist.MistType;
import dev.infermux.mist.RawPayload;
import dev.infermux.mist.bus.EnvelopeCodec;
import dev.infermux.mist.bus.InferFailure;
import dev.infermux.testing.MockAnswer;
import dev.infermux.tokentrace.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway on one node of a cluster, and whoever asks it on another that knows only MIST. */
class TwoNodesTest {

  private static Vertx serving;
  private static Vertx asking;
  private static Gateway gateway;
  private static BusEvents events;

  @BeforeAll
  static void open() {
    int port = FreePort.next();
    serving = node(port, port);
    asking = node(FreePort.next(), port);
    gateway = Gateway.start(serving);
    EnvelopeCodec.register(asking);
    events = new BusEvents(asking);
  }

  @AfterAll
  static void close() {
    gateway.close();
    Future.all(asking.close(), serving.close()).await();
  }

  @Test
  void answer_crosses() {
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER));

    Envelope reply = ask("id-1", chat(false)).await().body();

    assertThat(reply.type()).isEqualTo(MistType.INFER_RESPONSE);
    assertThat(reply.payload()).isInstanceOf(RawPayload.class);
    assertThat(reply.payloadAs(InferResponse.class).content()).isEqualTo("Hello there");
  }

  @Test
  void failures_cross_with_code_message_and_status() {
    gateway.upstream().next(MockAnswer.json(500, "{\"error\":{\"message\":\"boom\"}}"));

    InferFailure broken = failure(ask("id-2", chat(false)));
    InferFailure unknown = failure(ask("id-3", Texts.chat("nobody-has-it", "Hi")));
    InferFailure malformed = failure(ask("id-4", "{\"messages\":7}"));

    assertThat(broken.failureCode()).isEqualTo(502);
    assertThat(broken.error().code()).isEqualTo("upstream_error");
    assertThat(broken).hasMessageContaining("boom");
    assertThat(unknown.error().code()).isEqualTo("model_not_found");
    assertThat(unknown.error().retryable()).isFalse();
    assertThat(malformed.error().status()).isEqualTo(400);
    assertThat(malformed.envelope().type()).isEqualTo(MistType.INFER_ERROR);
    assertThat(malformed.envelope().payload()).isInstanceOf(RawPayload.class);
  }

  @Test
  void what_a_provider_says_of_another_try_crosses() {
    String refused = "{\"error\":{\"message\":\"try again\",\"code\":\"warming_up\"}}";
    gateway
        .upstream()
        .next(
            MockAnswer.json(400, refused).header("x-should-retry", "true"),
            MockAnswer.json(400, refused),
            MockAnswer.json(409, refused).header("x-should-retry", "false"));

    InferFailure encouraged = failure(ask("id-21", chat(false)));
    InferFailure silent = failure(ask("id-22", chat(false)));
    InferFailure forbidden = failure(ask("id-23", chat(false)));

    assertThat(encouraged.error().status()).isEqualTo(400);
    assertThat(encouraged.error().retryable()).isTrue();
    assertThat(silent.error().retryable()).isFalse();
    assertThat(forbidden.error().retryable()).isFalse();
  }

  @Test
  void stream_crosses_and_so_does_its_failure() {
    gateway.upstream().next(Texts.streamAnswer());
    Message<Envelope> first = ask("id-5", chat(true)).await();
    BusReader whole = BusReader.after(first);
    gateway
        .upstream()
        .next(MockAnswer.events(Texts.role(), Texts.delta("Hel"), Texts.delta("lo")).thenReset());
    Message<Envelope> begun = ask("id-6", chat(true)).await();
    BusReader broken = BusReader.after(begun);

    assertThat(delta(first) + whole.content()).isEqualTo("Hello there");
    assertThat(whole.last().end()).isNotNull();
    assertThat(whole.last().requestId()).isEqualTo("id-5");
    assertThat(delta(begun) + broken.content()).isEqualTo("Hello");
    assertThat(broken.failure()).isInstanceOf(InferFailure.class);
    assertThat(((InferFailure) broken.failure()).error().status()).isEqualTo(502);
  }

  @Test
  void an_answer_too_large_for_a_message_fails_with_what_to_do_and_crosses_as_a_stream() {
    String large = "x".repeat(11 << 20);
    gateway.upstream().next(MockAnswer.json(Texts.CHAT_ANSWER.replace("Hello there", large)));

    InferFailure refused = failure(ask("id-31", chat(false)));

    assertThat(refused.error().code()).isEqualTo("protocol");
    assertThat(refused.error().retryable()).isFalse();
    assertThat(refused).hasMessageEndingWith("(expected: at most 10485760); ask for a stream");

    gateway
        .upstream()
        .next(MockAnswer.events(Texts.role(), Texts.delta(large), Texts.finish(), "[DONE]"));
    Message<Envelope> first = ask("id-32", chat(true)).await();
    BusReader whole = BusReader.after(first);

    assertThat((delta(first) + whole.content()).equals(large)).isTrue();
    assertThat(whole.last().end()).isNotNull();
  }

  @Test
  void caller_on_another_node_can_leave() {
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence());
    ask("id-7", chat(true)).await().fail(499, "enough");
    gateway.upstream().next(MockAnswer.events(Texts.role(), Texts.delta("Hel")).thenSilence());
    Message<Envelope> begun = ask("id-8", chat(true)).await();
    Future<Message<Envelope>> next = begun.replyAndRequest(null);
    asking
        .eventBus()
        .publish(
            BusAddresses.CANCEL, Envelope.of("t", MistType.INFER_CANCEL, new InferCancel("id-8")));

    assertThat(failure(next).error().code()).isEqualTo("cancelled");
    assertThat(outcome("id-7")).isEqualTo("cancelled");
    assertThat(outcome("id-8")).isEqualTo("cancelled");
  }

  /** Events are heard on the other node as MIST JSON. */
  private static String outcome(String id) {
    for (int count = 1; ; count++) {
      JsonObject event = events.inferences(count).get(count - 1);
      if (event.getString("request_id").equals(id)) {
        return event.getString("status");
      }
    }
  }

  private static Future<Message<Envelope>> ask(String id, String payload) {
    byte[] json = payload.getBytes(StandardCharsets.UTF_8);
    Envelope request =
        Envelope.of("other-node", MistType.INFER_REQUEST, new RawPayload(json)).withId(id);
    return asking.eventBus().request(BusAddresses.INFER, request);
  }

  private static String chat(boolean stream) {
    return "{\"params\":{\"stream\":"
        + stream
        + "},"
        + Texts.chat(Gateway.MODEL, "Hi").substring(1);
  }

  private static String delta(Message<Envelope> chunk) {
    return chunk.body().payloadAs(InferChunk.class).delta();
  }

  private static InferFailure failure(Future<Message<Envelope>> reply) {
    return catchThrowableOfType(InferFailure.class, reply::await);
  }

  /** On loopback alone: no multicast, and no port that another run could have. */
  private static Vertx node(int port, int first) {
    Config config = new Config().setClusterName("infermux-test-" + ProcessHandle.current().pid());
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    var join = config.getNetworkConfig().getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + first);
    config.getJetConfig().setEnabled(false);
    // As the cluster manager's own defaults have it.
    config.getMultiMapConfig("__vertx.subs").setValueCollectionType(ValueCollectionType.SET);
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setEventBusOptions(new EventBusOptions().setHost("127.0.0.1"));
    return Vertx.builder()
        .with(options)
        .withClusterManager(new HazelcastClusterManager(config))
        .buildClustered()
        .await();
  }
}
