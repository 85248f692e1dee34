package dev.infermux.inbound.http;

import dev.infermux.inference.Answer;
import dev.infermux.inference.Call;
import dev.infermux.inference.Failure;
import dev.infermux.inference.InferenceException;
import dev.infermux.inference.Operation;
import dev.infermux.time.Deadlines;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head of a stream until its first content, so that a failure before it has its status.
 * After a while without content the head goes out; the call goes on, and what fails from then on is
 * an event.
 */
final class HeldHead {

  /** Whose streams are events of their dialect, whoever answers. */
  private static final Set<Operation> EVENTS =
      EnumSet.of(Operation.CHAT, Operation.COMPLETION, Operation.STORED_RESPONSE);

  private final HttpExchange exchange;
  private final HttpServerResponse response;
  private final AnswerFormat format;
  private final KeepAlive keepAlive;
  private Deadlines.@Nullable Watch watch;
  private boolean released;

  private HeldHead(HttpExchange exchange, AnswerFormat format) {
    this.exchange = exchange;
    this.response = exchange.response();
    this.format = format;
    this.keepAlive = KeepAlive.of(exchange, format.comment());
  }

  /** Whether the head of this call's answer may go out before the answer begins. */
  static boolean suits(Call call) {
    return call.stream() && EVENTS.contains(call.operation());
  }

  /** Asks the router, and ends the exchange with what comes of it. */
  static void ask(HttpExchange exchange, Call call, AnswerFormat format) {
    HeldHead head = new HeldHead(exchange, format);
    Future<Answer> answer = exchange.ask(call.heardBy(head.keepAlive::alive));
    if (!answer.isComplete()) {
      head.watch = exchange.router().deadlines(exchange.limits().holdHead()).watch(head::release);
      exchange.cancellation().onCancel(head::stop);
    }
    answer.onComplete(head::begun);
  }

  private void release() {
    if (response.closed() || response.headWritten()) {
      return;
    }
    released = true;
    exchange.endsBy(this::refusedLate);
    AnswerWriter.earlyHead(exchange, format.streamType());
    if (format.comment().length() > 0) {
      response.write(format.comment());
    } else {
      response.writeHead();
    }
    keepAlive.start();
  }

  private void stop() {
    if (watch != null) {
      watch.stop();
    }
    keepAlive.stop();
  }

  private void begun(@Nullable Answer answer, @Nullable Throwable cause) {
    if (watch != null) {
      watch.stop();
    }
    try {
      if (answer == null) {
        refused(cause == null ? new IllegalStateException("no answer") : cause);
      } else if (answer.streams()) {
        StreamWriter.relay(exchange, answer, format, keepAlive);
      } else if (released) {
        refused(new IllegalStateException("a whole answer after the head of a stream"));
      } else {
        AnswerWriter.whole(exchange, answer, format);
      }
    } catch (Throwable e) {
      exchange.cancellation().cancel();
      if (answer != null) {
        answer.undelivered();
      }
      exchange.fail(e);
    }
  }

  private void refused(Throwable cause) {
    if (released) {
      refusedLate(InferenceException.failureOf(cause));
    } else {
      keepAlive.stop();
      exchange.fail(cause);
    }
  }

  private void refusedLate(Failure failure) {
    keepAlive.stop();
    if (failure instanceof Failure.Cancelled) {
      exchange.breakOff();
    } else if (!response.closed() && !response.ended()) {
      response.write(exchange.errors().event().apply(failure));
      exchange.endStream();
    }
  }
}
