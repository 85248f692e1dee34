package dev.infermux.testing;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One connection: takes its requests one after the other and plays their scripts. */
final class MockConnection {

  private static final int PIECES_A_TURN = 16;

  private final Vertx vertx;
  private final NetSocket socket;
  private final int number;
  private final Function<MockRequest, MockAnswer> script;
  private final MockRequestParser parser = new MockRequestParser();
  private final Deque<MockStep> steps = new ArrayDeque<>();
  private @Nullable MockRequest current;
  private boolean closed;

  MockConnection(
      Vertx vertx, NetSocket socket, int number, Function<MockRequest, MockAnswer> script) {
    this.vertx = vertx;
    this.socket = socket;
    this.number = number;
    this.script = script;
  }

  void open(Runnable gone) {
    socket.handler(
        bytes -> {
          parser.feed(bytes);
          serve();
        });
    socket.exceptionHandler(known -> {});
    socket.closeHandler(
        end -> {
          closed = true;
          if (current != null) {
            current.end(MockRequest.State.ABANDONED);
          }
          gone.run();
        });
  }

  private void serve() {
    if (current != null) {
      return;
    }
    MockRequest next = parser.next(number);
    if (next != null) {
      current = next;
      steps.addAll(script.apply(next).wire());
      step();
    }
  }

  private void step() {
    MockRequest request = current;
    if (closed || request == null) {
      return;
    }
    MockStep step = steps.poll();
    if (step == null) {
      request.end(MockRequest.State.ANSWERED);
      current = null;
      serve();
    } else if (step instanceof MockStep.Write write) {
      write(request, write.bytes());
    } else if (step instanceof MockStep.Flood flood) {
      flood(request, flood);
    } else if (step instanceof MockStep.Wait wait) {
      vertx.setTimer(Math.max(1, wait.time().toMillis()), id -> step());
    } else if (step instanceof MockStep.WaitFor waitFor) {
      var context = vertx.getOrCreateContext();
      waitFor.gate().whenComplete((done, failed) -> context.runOnContext(here -> step()));
    } else if (step instanceof MockStep.Close) {
      request.end(MockRequest.State.ANSWERED);
      socket.close();
    } else if (step instanceof MockStep.Reset) {
      request.end(MockRequest.State.ANSWERED);
      var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }

  private void write(MockRequest request, Buffer bytes) {
    request.sent(bytes.length());
    socket.write(bytes).onComplete(written -> step());
  }

  /** A few pieces a turn: a peer that left is only noticed between two turns of the loop. */
  private void flood(MockRequest request, MockStep.Flood flood) {
    long left = flood.times();
    for (int turn = 0; turn < PIECES_A_TURN && left != 0 && !socket.writeQueueFull(); turn++) {
      request.sent(flood.bytes().length());
      socket.write(flood.bytes());
      left -= left > 0 ? 1 : 0;
    }
    MockStep.Flood rest = new MockStep.Flood(flood.bytes(), left);
    if (closed) {
      return;
    } else if (left == 0) {
      step();
    } else if (socket.writeQueueFull()) {
      socket.drainHandler(drained -> flood(request, rest));
    } else {
      vertx.runOnContext(next -> flood(request, rest));
    }
  }
}
