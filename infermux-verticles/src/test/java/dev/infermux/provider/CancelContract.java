package dev.infermux.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Failure.Cancelled;
import dev.infermux.testing.MockAnswer;
import dev.infermux.testing.ProviderRig;
import dev.infermux.testing.StreamProbe;
import dev.infermux.testing.TestCall;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A caller may leave in any phase: the provider's connection closes at once, and nothing stays. */
public abstract class CancelContract extends ProviderContract {

  protected CancelContract(ProviderSpeech api) {
    super(api);
  }

  @Test
  void before_the_call_nothing_is_sent() {
    TestCall call = chat();
    call.cancellation().cancel();

    assertThat(rig().failure(call)).isInstanceOf(Cancelled.class);
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void while_connecting_the_call_ends_at_once() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = fill(full);
      URI stuck = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/v1");
      TestCall call = chat();
      ProviderRig rig = rig(options -> options.withBaseUrl(stuck));
      CompletableFuture<Answer> answer = rig.start(call.attempt());
      rig.settle();
      assertThat(answer).isNotDone();

      call.cancellation().cancel();

      assertThat(ProviderRig.failure(answer)).isInstanceOf(Cancelled.class);
      for (Socket waiting : queue) {
        waiting.close();
      }
    }
  }

  /** Connections that nobody accepts, until the next one has to wait. */
  private static List<Socket> fill(ServerSocket server) throws IOException {
    List<Socket> queue = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Socket socket = new Socket();
      queue.add(socket);
      try {
        socket.connect(server.getLocalSocketAddress(), 200);
      } catch (java.net.SocketTimeoutException full) {
        break;
      }
    }
    return queue;
  }

  @Test
  void while_the_head_is_awaited_the_connection_closes() {
    upstream.always(MockAnswer.silence());

    cancelWhileWaiting(chat());
    cancelWhileWaiting(streamed());
  }

  @Test
  void inside_a_whole_body_the_connection_closes() {
    upstream.always(MockAnswer.flood("application/json", Buffer.buffer("{"), 1).thenSilence());

    cancelWhileWaiting(chat());
  }

  @Test
  void inside_an_error_body_the_connection_closes() {
    upstream.always(MockAnswer.json(500, "{}").header("content-length", "10"));

    cancelWhileWaiting(chat());
  }

  @Test
  void before_the_first_event_the_connection_closes() {
    upstream.always(MockAnswer.sse(List.of(Buffer.buffer(": wait\n\n"))).thenSilence());

    cancelWhileWaiting(streamed());
  }

  private void cancelWhileWaiting(TestCall call) {
    int before = upstream.requests().size();
    CompletableFuture<Answer> answer = rig().start(call.attempt());
    await().until(() -> upstream.requests().size() > before);

    call.cancellation().cancel();

    assertThat(ProviderRig.failure(answer)).isInstanceOf(Cancelled.class);
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void inside_a_stream_the_connection_closes_and_the_summary_knows_what_came() {
    upstream.always(MockAnswer.sse(List.of(api.contentEvent())).thenSilence());
    TestCall call = streamed();
    StreamProbe probe = rig().streamed(call).resume();
    await().until(() -> !probe.buffers().isEmpty());

    call.cancellation().cancel();

    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    assertThat(probe.summary().contentChars()).isPositive();
    await().until(() -> upstream.openConnections() == 0);
    assertThat(probe.ended()).isFalse();
    assertThat(probe.failure()).isNull();
  }

  @Test
  void inside_a_stream_that_nobody_reads_the_connection_closes() {
    upstream.always(MockAnswer.flood("text/event-stream", api.contentEvent(), -1));
    TestCall call = streamed();
    StreamProbe probe = rig().streamed(call);

    call.cancellation().cancel();

    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    await().until(() -> upstream.openConnections() == 0);
    assertThat(probe.buffers()).isEmpty();
  }

  @Test
  void the_stream_itself_can_be_cancelled_more_than_once() {
    upstream.always(MockAnswer.sse(List.of(api.contentEvent())).thenSilence());
    StreamProbe probe = rig().streamed(streamed()).resume();

    probe.cancel();
    probe.cancel();

    assertThat(probe.summary().failure()).isInstanceOf(Cancelled.class);
    await().until(() -> upstream.openConnections() == 0);
  }

  @Test
  void after_the_end_a_cancellation_touches_no_connection() {
    upstream.always(
        request ->
            request.body().contains("\"stream\":true")
                ? streamAnswer()
                : MockAnswer.json(api.whole()));
    ProviderRig rig = rig();
    List<TestCall> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      TestCall whole = chat();
      TestCall streamed = streamed();
      rig.whole(whole);
      rig.streamed(streamed).toEnd();
      calls.add(whole);
      calls.add(streamed);
    }
    int opened = upstream.acceptedConnections();

    calls.forEach(call -> call.cancellation().cancel());
    rig.settle();
    rig.whole(chat());

    assertThat(upstream.acceptedConnections()).isEqualTo(opened);
  }

  @Test
  void thousands_of_calls_leave_nothing_behind() {
    upstream
        .forgetful()
        .always(
            request ->
                request.body().contains("\"stream\":true")
                    ? streamAnswer()
                    : MockAnswer.json(api.whole()));
    ProviderRig rig = rig();
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 25; i++) {
        running.add(rig.start(chat().attempt()));
        running.add(rig.drained(streamed()));
      }
      ProviderRig.wait(CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)));
    }

    assertThat(upstream.acceptedConnections()).isLessThanOrEqualTo(100);
    rig.close();
    await().until(() -> upstream.openConnections() == 0);
  }
}
