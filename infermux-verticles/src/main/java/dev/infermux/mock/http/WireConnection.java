package dev.infermux.mock.http;

import dev.infermux.mock.http.MockAnswerListener.State;
import dev.infermux.vertx.Sockets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: takes its requests one after the other and plays their answers. */
final class WireConnection implements WireChannel {

  private static final Logger LOG = LoggerFactory.getLogger(WireConnection.class);
  private static final int STEPS_A_TURN = 64;
  private static final Buffer CONTINUE = Buffer.buffer("HTTP/1.1 100 Continue\r\n\r\n");

  private final Vertx vertx;
  private final NetSocket socket;
  private final int number;
  private final WireScript script;
  private final RequestParser parser = new RequestParser();
  private Iterator<WireStep> steps = Collections.emptyIterator();
  private @Nullable WireRequest current;
  private boolean closed;
  private boolean playing;
  private boolean again;

  WireConnection(Vertx vertx, NetSocket socket, int number, WireScript script) {
    this.vertx = vertx;
    this.socket = socket;
    this.number = number;
    this.script = script;
  }

  void open(Runnable gone) {
    socket.handler(
        bytes -> {
          if (!closed) {
            read(bytes);
          }
        });
    socket.exceptionHandler(known -> {});
    socket.closeHandler(
        end -> {
          closed = true;
          if (current != null) {
            current.end(State.ABANDONED);
          }
          gone.run();
        });
  }

  private void read(Buffer bytes) {
    try {
      parser.feed(bytes);
      serve();
    } catch (NotHttp e) {
      refuse(e.found());
    }
  }

  private void serve() {
    if (current != null) {
      return;
    }
    current = parser.next(number);
    if (current != null) {
      steps = answer(current);
      next();
    } else if (parser.oweContinue()) {
      socket.write(CONTINUE);
    }
  }

  /** A function of the program may throw: the client gets an error at once. */
  private Iterator<WireStep> answer(WireRequest request) {
    try {
      return script.answer(request);
    } catch (RuntimeException bug) {
      LOG.error("the mock's script failed on {} {}", request.method(), request.target(), bug);
      return WireAnswer.json(500, WireAnswer.error("the mock's script failed: " + bug)).steps();
    }
  }

  private void refuse(String why) {
    closed = true;
    Map<String, String> headers = Map.of("content-type", "application/json", "connection", "close");
    socket
        .write(WireAnswer.head(400, headers).appendString(WireAnswer.error(why)))
        .onComplete(written -> socket.close());
  }

  /** Steps that are done at once are played in a loop and not one inside the other. */
  @Override
  public void next() {
    if (playing) {
      again = true;
      return;
    }
    playing = true;
    int left = STEPS_A_TURN;
    do {
      again = false;
      play();
    } while (again && --left > 0);
    playing = false;
    if (again) {
      vertx.runOnContext(later -> next());
    }
  }

  private void play() {
    WireRequest request = current;
    if (closed || request == null) {
      return;
    }
    if (steps.hasNext()) {
      steps.next().play(this);
      return;
    }
    request.end(State.ANSWERED);
    current = null;
    if (request.last()) {
      socket.close();
    } else {
      serveNext();
    }
  }

  private void serveNext() {
    try {
      serve();
    } catch (NotHttp e) {
      refuse(e.found());
    }
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public Future<Void> write(Buffer bytes) {
    if (current != null) {
      current.sent(bytes.length());
    }
    return socket.write(bytes);
  }

  @Override
  public boolean full() {
    return socket.writeQueueFull();
  }

  @Override
  public void whenDrained(Runnable then) {
    socket.drainHandler(drained -> then.run());
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    done();
    socket.close();
  }

  @Override
  public void reset() {
    done();
    Sockets.reset(socket);
  }

  private void done() {
    if (current != null) {
      current.end(State.ANSWERED);
    }
  }
}
