package dev.infermux.benchmarks.load;

import dev.infermux.benchmarks.net.LoopTimer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Runs one {@link LoadPlan} on the calling thread. */
public final class LoadGenerator implements LoadConnection.Owner {
  private static final long GRACE = 3_000_000_000L;
  private static final long CONNECTING = 100_000_000L;
  private static final int MAX_BROKEN = 1000;

  private final LoadPlan plan;
  private final WindowProbe probe;
  private final Selector selector;
  private final LoopTimer alarm;
  private final ByteBuffer scratch = ByteBuffer.allocate(256 * 1024);
  private final Tally tally = new Tally();
  private final List<LoadConnection> connections = new ArrayList<>();
  private final ArrayDeque<LoadConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();
  private final long start = System.nanoTime();
  private final long begin;
  private final long end;
  private boolean begun;
  private boolean ended;
  private long sent;

  private LoadGenerator(LoadPlan plan, WindowProbe probe, Selector selector) {
    this.plan = plan;
    this.probe = probe;
    this.selector = selector;
    this.alarm = new LoopTimer(selector);
    this.begin = start + plan.lead().toNanos();
    this.end = begin + plan.measure().toNanos();
  }

  /** Sends, measures and hangs up; the probe is called at both ends of the measured part. */
  public static LoadResult run(LoadPlan plan, WindowProbe probe) throws IOException {
    try (Selector selector = Selector.open()) {
      var generator = new LoadGenerator(plan, probe, selector);
      try (LoopTimer alarm = generator.alarm) {
        return generator.run(alarm);
      }
    }
  }

  private LoadResult run(LoopTimer wake) throws IOException {
    long next = tick(System.nanoTime());
    while (!finished(System.nanoTime())) {
      wake.set(next);
      selector.select(this::ready);
      next = tick(System.nanoTime());
    }
    int busy = busy();
    connections.forEach(LoadConnection::close);
    return plan.holds() ? tally.result(busy, 0) : tally.result(0, busy + waiting.size());
  }

  private void ready(SelectionKey key) {
    ((LoadConnection) key.attachment()).ready(scratch);
  }

  /** Does what is due and returns when to look again. */
  private long tick(long now) throws IOException {
    long next = Math.min(connect(now), boundary(now));
    return plan.pace() instanceof Pace.Open open ? Math.min(next, dispatch(open, now)) : next;
  }

  private long connect(long now) throws IOException {
    double perSecond = plan.pace() instanceof Pace.Hold hold ? hold.openedPerSecond() : 1e9;
    while (connections.size() < plan.connections() && now < end) {
      long due = start + (long) (connections.size() * 1e9 / perSecond);
      if (due > now) {
        return due;
      }
      connections.add(new LoadConnection(plan.call(), this, tally, selector));
    }
    return Long.MAX_VALUE;
  }

  private long boundary(long now) {
    if (!begun && now >= begin) {
      begun = true;
      probe.begin();
      tally.begin(System.nanoTime());
    }
    if (!ended && now >= end) {
      ended = true;
      tally.end(System.nanoTime());
      probe.end();
    }
    return !begun ? begin : !ended ? end : end + GRACE;
  }

  private long dispatch(Pace.Open open, long now) {
    double interval = 1e9 / open.perSecond();
    long due = start + CONNECTING + (long) (sent * interval);
    while (due <= now && due < end) {
      sent++;
      LoadConnection free = idle.poll();
      if (free == null) {
        waiting.add(due);
      } else {
        tally.late(now - due);
        free.send(System.nanoTime());
      }
      due = start + CONNECTING + (long) (sent * interval);
    }
    return due < end ? due : Long.MAX_VALUE;
  }

  private boolean finished(long now) {
    return ended && (plan.holds() || busy() == 0 || now >= end + GRACE);
  }

  private int busy() {
    return (int) connections.stream().filter(LoadConnection::busy).count();
  }

  @Override
  public void free(LoadConnection connection, long now) {
    if (plan.pace() instanceof Pace.Open) {
      Long due = waiting.poll();
      if (due == null) {
        idle.add(connection);
      } else {
        connection.send(due);
      }
    } else if (now < end) {
      connection.send(now);
    }
  }

  /** Counts it and, while there is time, puts another in its place. */
  @Override
  public void broken(LoadConnection connection) {
    connection.close();
    idle.remove(connection);
    connections.remove(connection);
    tally.broken();
    if (tally.brokenConnections() == MAX_BROKEN) {
      throw new IllegalStateException(
          "%s: %d connections refused or broken".formatted(plan.call().address(), MAX_BROKEN));
    }
  }
}
