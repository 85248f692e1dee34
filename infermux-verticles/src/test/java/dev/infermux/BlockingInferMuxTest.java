package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.infermux.api.ChatChunk;
import dev.infermux.api.ChatRequest;
import dev.infermux.config.Config;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.mock.Mock;
import dev.infermux.mock.MockRequest;
import dev.infermux.mock.script.MockBehaviour;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls of threads that wait. */
@ExtendWith(VertxExtension.class)
class BlockingInferMuxTest {

  private static final ChatRequest REQUEST = ChatRequest.of("m", "Hi");

  private final Mock mock = Mock.named("primary").models("m").answer("one two three");
  private Vertx vertx;
  private BlockingInferMux blocking;

  @BeforeEach
  void create(Vertx vertx) {
    this.vertx = vertx;
    blocking =
        InferMux.create(vertx, Config.defaults(), InferMuxOptions.defaults().withMocks(mock))
            .await()
            .blocking();
  }

  @Test
  void plain_thread_waits_for_its_answer() {
    assertThat(blocking.chat(REQUEST).content()).isEqualTo("one two three");
    assertThat(
            blocking.infer(InferRequest.of("m", List.of(ChatMessage.of("user", "Hi")))).content())
        .isEqualTo("one two three");
    try (Stream<ChatChunk> chunks = blocking.chatStream(REQUEST)) {
      assertThat(chunks.map(ChatChunk::content).collect(Collectors.joining()))
          .isEqualTo("one two three");
    }
  }

  @Test
  void failure_is_thrown_as_it_is() {
    mock.script("status-400");

    assertThatThrownBy(() -> blocking.chat(REQUEST))
        .isInstanceOfSatisfying(
            InferenceException.class, e -> assertThat(e.failure().status()).isEqualTo(400));
    mock.always(MockBehaviour.cutAfter(2).text("a b c d"));
    assertThatThrownBy(() -> blocking.chatStream(REQUEST).toList())
        .isInstanceOf(InferenceException.class);
  }

  @Test
  void event_loop_is_refused_and_a_worker_is_not() {
    Promise<Object> onLoop = Promise.promise();
    vertx.runOnContext(
        now -> {
          try {
            onLoop.complete(blocking.chat(REQUEST));
          } catch (RuntimeException refused) {
            onLoop.complete(refused);
          }
        });
    AtomicReference<String> worker = new AtomicReference<>("");
    vertx
        .deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                worker.set(blocking.chat(REQUEST).content());
                return Future.succeededFuture();
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
        .await();

    assertThat(onLoop.future().await())
        .isInstanceOf(IllegalStateException.class)
        .asString()
        .contains("a blocking call on the event loop");
    assertThat(worker.get()).isEqualTo("one two three");
    assertThat(mock.count()).isEqualTo(1);
  }

  /**
   * Two for each carrier thread and more: were one held by a waiting call, not all would arrive.
   */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtual_threads_wait_without_holding_a_carrier() throws Exception {
    mock.always(MockBehaviour.hang());
    int many = 16 * Runtime.getRuntime().availableProcessors();
    // Executors.newVirtualThreadPerTaskExecutor(), which JDK 17 has not.
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);

    List<java.util.concurrent.Future<String>> answers =
        IntStream.range(0, many)
            .mapToObj(i -> virtual.submit(() -> blocking.chat(REQUEST).content()))
            .toList();
    await().until(() -> mock.count() == many);
    virtual.shutdownNow(); // interrupts all of them

    assertThat(virtual.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThatThrownBy(answer::get)
                    .hasCauseInstanceOf(InferenceException.class)
                    .hasMessageContaining("the calling thread was interrupted"));
    await().until(() -> mock.requests().stream().allMatch(MockRequest::abandoned));
  }

  @Test
  void stream_that_is_read_on_an_event_loop_is_refused() {
    Stream<ChatChunk> chunks = blocking.chatStream(REQUEST);
    Promise<Object> onLoop = Promise.promise();
    vertx.runOnContext(
        now -> {
          try {
            onLoop.complete(chunks.toList());
          } catch (RuntimeException refused) {
            onLoop.complete(refused);
          }
        });

    assertThat(onLoop.future().await()).isInstanceOf(IllegalStateException.class);
    chunks.close();
  }

  @Test
  void interrupted_thread_leaves_its_call_cancelled() throws Exception {
    mock.always(MockBehaviour.hang());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
    Thread waiting =
        new Thread(
            () -> {
              try {
                blocking.chat(REQUEST);
              } catch (RuntimeException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    waiting.start();
    await().until(() -> mock.count() == 1);

    waiting.interrupt();
    waiting.join(10_000);

    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
    assertThat(interrupted.get()).isTrue();
    await().until(() -> mock.requests().get(0).abandoned());
  }

  @Test
  void stream_that_is_closed_early_is_cancelled() {
    mock.always(MockBehaviour.ok().text("word ".repeat(500)).pace(Duration.ofMillis(2)));

    try (Stream<ChatChunk> chunks = blocking.chatStream(REQUEST)) {
      assertThat(chunks.map(ChatChunk::content).filter(text -> !text.isEmpty()).findFirst())
          .contains("word");
    }

    await().until(() -> mock.requests().get(0).abandoned());
  }
}
