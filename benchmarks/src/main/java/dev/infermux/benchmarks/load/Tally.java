package dev.infermux.benchmarks.load;

/** Counts while the generator runs. Only the generator's loop touches it. */
final class Tally {
  private final Samples latency = new Samples();
  private final Samples firstToken = new Samples();
  private final Samples eventDelay = new Samples();
  private final Samples lateness = new Samples();
  private boolean measuring;
  private long begun = Long.MAX_VALUE;
  private long ended;
  private long requests;
  private long events;
  private long badStatus;
  private int lastStatus;
  private long brokenConnections;
  private long shortStreams;

  void begin(long now) {
    measuring = true;
    begun = now;
  }

  void end(long now) {
    measuring = false;
    ended = now;
  }

  /** Latency is that of requests sent in the measured part, whenever they end. */
  void answered(long since, long now) {
    if (measuring) {
      requests++;
    }
    if (since >= begun) {
      latency.add(now - since);
    }
  }

  void firstToken(long since, long now) {
    if (since >= begun) {
      firstToken.add(now - since);
    }
  }

  void event(long written, long now) {
    if (measuring) {
      events++;
      eventDelay.add(now - written);
    }
  }

  void late(long nanos) {
    if (measuring) {
      lateness.add(nanos);
    }
  }

  void badStatus(int status) {
    badStatus++;
    lastStatus = status;
  }

  void shortStream() {
    shortStreams++;
  }

  void broken() {
    brokenConnections++;
  }

  long brokenConnections() {
    return brokenConnections;
  }

  LoadResult result(int openAtEnd, long unfinished) {
    return new LoadResult(
        (ended - begun) / 1e9,
        requests,
        events,
        openAtEnd,
        new LoadResult.Errors(badStatus, lastStatus, brokenConnections, shortStreams, unfinished),
        latency.summary(),
        firstToken.summary(),
        eventDelay.summary(),
        lateness.summary());
  }
}
