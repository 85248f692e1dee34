package dev.infermux.benchmarks.load;

import dev.infermux.benchmarks.net.MessageReader;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One keep-alive connection of the load generator. Only the generator's loop touches it. */
final class LoadConnection implements MessageReader.Handler {

  /** Told what became of the connection and its calls. */
  interface Owner {
    void free(LoadConnection connection, long now);

    void broken(LoadConnection connection);
  }

  private final LoadCall call;
  private final Owner owner;
  private final Tally tally;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer request;
  private final MessageReader reader = new MessageReader(this);
  private final EventCounter stream = new EventCounter();
  private boolean busy;
  private long since;
  private long now;
  private int status;

  LoadConnection(LoadCall call, Owner owner, Tally tally, Selector selector) throws IOException {
    this.call = call;
    this.owner = owner;
    this.tally = tally;
    this.request = call.request().duplicate();
    this.channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    channel.connect(call.address());
  }

  boolean busy() {
    return busy;
  }

  /** Sends the call; its latency counts from {@code from}. */
  void send(long from) {
    busy = true;
    since = from;
    request.rewind();
    stream.reset();
    try {
      write();
    } catch (IOException e) {
      owner.broken(this);
    }
  }

  void ready(ByteBuffer scratch) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        owner.free(this, System.nanoTime());
        return;
      }
      if (key.isWritable()) {
        write();
      }
      if (key.isReadable()) {
        read(scratch);
      }
    } catch (IOException | IllegalStateException e) {
      owner.broken(this);
    }
  }

  private void write() throws IOException {
    channel.write(request);
    key.interestOps(
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }

  private void read(ByteBuffer scratch) throws IOException {
    int length = channel.read(scratch.clear());
    if (length < 0) {
      throw new IOException("closed by the other side");
    }
    now = System.nanoTime();
    reader.feed(scratch.array(), scratch.arrayOffset(), length);
  }

  @Override
  public void head(MessageReader message) {
    status = message.status();
    if (!message.framed()) {
      throw new IllegalStateException("answer: neither length nor chunks");
    }
  }

  @Override
  public void body(byte[] bytes, int from, int length) {
    if (!call.stream() || status != 200) {
      return;
    }
    int before = stream.events();
    int arrived = stream.feed(bytes, from, length);
    if (before == 0 && arrived > 0) {
      tally.firstToken(since, now);
    }
    for (int i = 0; i < arrived; i++) {
      tally.event(stream.written(), now);
    }
  }

  @Override
  public void end() {
    busy = false;
    if (status != 200) {
      tally.badStatus(status);
    } else if (call.stream() && (!stream.done() || stream.events() != call.events())) {
      tally.shortStream();
    } else {
      tally.answered(since, now);
    }
    owner.free(this, now);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket that cannot be closed", e);
    }
  }
}
