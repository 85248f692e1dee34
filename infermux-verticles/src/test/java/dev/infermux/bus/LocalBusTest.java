package dev.infermux.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.mist.LocalPayload;
import dev.infermux.mist.bus.EnvelopeCodec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@ExtendWith(VertxExtension.class)
class LocalBusTest {

  /** The bus of any thread and that of a verticle promise the same. */
  enum Kind {
    ANY_THREAD,
    VERTICLE
  }

  @Parameter Kind kind;

  private record Question(String text) implements LocalPayload {}

  private record Reply(String text) implements LocalPayload {}

  private record Note(int number) implements LocalPayload {}

  private static final MessageType<Question> QUESTION =
      new MessageType<>("test.ask", Question.class);
  private static final MessageType<Reply> REPLY = new MessageType<>("test.asked", Reply.class);
  private static final LocalAddress<Question, Reply> HERE =
      new LocalAddress<>("here", QUESTION, REPLY);
  private static final LocalInbox<Note> NOTES =
      new LocalInbox<>("notes", new MessageType<>("test.note", Note.class));

  private LocalBus bus;

  @BeforeEach
  void open(Vertx vertx) {
    EnvelopeCodec.register(vertx);
    bus = kind == Kind.VERTICLE ? LocalBus.ofVerticle(vertx) : new LocalBus(vertx);
  }

  @Test
  void reply_is_the_very_object_that_was_answered() throws Exception {
    Reply reply = new Reply("fine");
    serve(question -> Future.succeededFuture(reply));

    assertThat(ask("how")).isSameAs(reply);
  }

  @Test
  void failure_of_a_handler_arrives_as_the_failure_itself() throws Exception {
    Failure failure = new Failure.ModelNotFound("no such model");
    serve(question -> Future.failedFuture(new InferenceException(failure)));

    assertThatThrownBy(() -> ask("how"))
        .isInstanceOfSatisfying(
            InferenceException.class, e -> assertThat(e.failure()).isSameAs(failure));
  }

  @Test
  void bug_of_a_handler_is_answered_too() throws Exception {
    serve(
        question -> {
          throw new IllegalStateException("secret");
        });

    assertThatThrownBy(() -> ask("how"))
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Internal.class))
        .hasMessageNotContaining("secret");
  }

  @Test
  void request_of_another_type_is_not_handled() throws Exception {
    serve(question -> Future.succeededFuture(new Reply("never")));
    LocalAddress<Note, Reply> mistaken =
        new LocalAddress<>(HERE.name(), new MessageType<>("test.note", Note.class), REPLY);

    assertThatThrownBy(() -> bus.ask(mistaken, new Note(1)).await(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            InferenceException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Internal.class));
  }

  @Test
  void question_that_nobody_serves_fails_as_the_bus_says() {
    assertThatThrownBy(() -> ask("how"))
        .isInstanceOfSatisfying(
            ReplyException.class,
            e -> assertThat(e.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
  }

  @Test
  void question_to_a_verticle_that_ends_meanwhile_fails(Vertx vertx) throws Exception {
    Context context = vertx.getOrCreateContext();
    Promise<LocalBus> serving = Promise.promise();
    context.runOnContext(
        now -> {
          LocalBus server = new LocalBus(vertx);
          server
              .serve(HERE, question -> Future.succeededFuture(new Reply("never")))
              .map(server)
              .onComplete(serving);
        });
    LocalBus server = serving.future().await(60, TimeUnit.SECONDS);
    Promise<Reply> answer = Promise.promise();

    context.runOnContext(
        now -> {
          bus.ask(HERE, new Question("how")).onComplete(answer);
          server.close();
        });

    assertThatThrownBy(() -> answer.future().await(60, TimeUnit.SECONDS))
        .isInstanceOf(ReplyException.class);
  }

  @Test
  void messages_of_one_thread_arrive_in_order_whichever_address_they_go_to(Vertx vertx)
      throws Exception {
    List<String> arrived = new ArrayList<>();
    onLoop(
        vertx,
        () ->
            Future.all(
                bus.serve(
                    HERE,
                    question -> {
                      arrived.add(question.text());
                      return Future.succeededFuture(new Reply(String.join(" ", arrived)));
                    }),
                bus.listen(NOTES, note -> arrived.add("note " + note.number()))));

    Future<Reply> last =
        onLoop(
            vertx,
            () -> {
              bus.tell(NOTES, new Note(1));
              bus.ask(HERE, new Question("first"));
              bus.tell(NOTES, new Note(2));
              return bus.ask(HERE, new Question("second"));
            });

    assertThat(last.await(60, TimeUnit.SECONDS).text()).isEqualTo("note 1 first note 2 second");
  }

  /** Runs a task on an event loop of its own; completes when its future has. */
  private static <T> Future<T> onLoop(Vertx vertx, Supplier<Future<T>> task) throws Exception {
    Promise<T> done = Promise.promise();
    vertx.deployVerticle(
        context -> {
          task.get().onComplete(done);
          return done.future();
        });
    done.future().await(60, TimeUnit.SECONDS);
    return done.future();
  }

  private void serve(Function<Question, Future<Reply>> handler) throws Exception {
    bus.serve(HERE, handler).await(60, TimeUnit.SECONDS);
  }

  private Reply ask(String text) throws Exception {
    return bus.ask(HERE, new Question(text)).await(60, TimeUnit.SECONDS);
  }
}
