package dev.infermux.benchmarks.run;

import dev.infermux.benchmarks.load.LoadPlan;
import dev.infermux.benchmarks.load.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of load.
 *
 * @param mock how the mock answers meanwhile, as a query of its settings
 * @param bodyBytes size of the request
 * @param events content events of a stream; 0 = JSON answers
 */
record LoadPhase(
    String name,
    String mock,
    int bodyBytes,
    int events,
    int connections,
    Pace pace,
    Duration lead,
    Duration measure) {
  static final List<Integer> SIZES_KB = List.of(1, 10, 100);
  static final int STREAM_EVENTS = 40;

  /** No divisor of the events' rate: what open streams have to send does not fall due at once. */
  static final double STREAMS_PER_SECOND = 49.3;

  static final int HELD_EVENTS_PER_SECOND = 10_000;

  private static final Duration LEAD = Duration.ofMillis(500);
  private static final int ENDLESS = 1_000_000;

  static String json(int sizeKb) {
    return "json-" + sizeKb + "k";
  }

  static String rate(int sizeKb) {
    return json(sizeKb) + "-rate";
  }

  static String heap(int streams) {
    return "heap-" + streams;
  }

  static String rate(int sizeKb, int perSecond) {
    return rate(sizeKb) + "-" + perSecond;
  }

  static String hold(int streams) {
    return "hold-" + streams;
  }

  /** As fast as the target goes: CPU time per request and requests a second. */
  static LoadPhase saturation(int sizeKb, Duration measure) {
    int connections = sizeKb < 100 ? 64 : 32;
    return new LoadPhase(
        json(sizeKb),
        "answerBytes=600",
        sizeKb * 1024,
        0,
        connections,
        new Pace.Closed(),
        LEAD,
        measure);
  }

  /** At a fixed rate: latency. */
  static LoadPhase rated(int sizeKb, int perSecond, Duration measure) {
    return rated(rate(sizeKb), sizeKb, perSecond, measure);
  }

  /** The same at one of several rates. */
  static LoadPhase tail(int perSecond, Duration measure) {
    return rated(rate(1, perSecond), 1, perSecond, measure);
  }

  private static LoadPhase rated(String name, int sizeKb, int perSecond, Duration measure) {
    return new LoadPhase(
        name, "answerBytes=600", sizeKb * 1024, 0, 64, new Pace.Open(perSecond), LEAD, measure);
  }

  /** Streams that begin at a fixed rate, first event after 20 ms, then one every 10 ms. */
  static LoadPhase streams(Duration measure) {
    return new LoadPhase(
        "stream",
        "firstTokenMillis=20&intervalMillis=10&events=" + STREAM_EVENTS,
        1024,
        STREAM_EVENTS,
        100,
        new Pace.Open(STREAMS_PER_SECOND),
        Duration.ofSeconds(1),
        measure);
  }

  /** Short streams as fast as the target goes. */
  static LoadPhase shortStreams(Duration measure) {
    return new LoadPhase(
        "short-streams",
        "firstTokenMillis=0&intervalMillis=0&events=" + STREAM_EVENTS,
        1024,
        STREAM_EVENTS,
        64,
        new Pace.Closed(),
        LEAD,
        measure);
  }

  /** Streams held open, 10,000 events a second in all, until their callers disconnect. */
  static LoadPhase held(int streams, Duration measure) {
    return held(hold(streams), streams, measure);
  }

  /** The same, to look at what lives in the heap meanwhile; all else is disturbed by that. */
  static LoadPhase heaped(int streams, Duration measure) {
    return held(heap(streams), streams, measure);
  }

  private static LoadPhase held(String name, int streams, Duration measure) {
    return new LoadPhase(
        name,
        "firstTokenMillis=0&events=%d&intervalMillis=%d"
            .formatted(ENDLESS, streams * 1000 / HELD_EVENTS_PER_SECOND),
        1024,
        ENDLESS,
        streams,
        new Pace.Hold(1000),
        Duration.ofMillis(streams + 1500L),
        measure);
  }

  static List<LoadPhase> all(Options options) {
    Duration window = options.effort().window();
    List<LoadPhase> all = new ArrayList<>();
    if (options.phases().contains("json")) {
      SIZES_KB.forEach(size -> all.add(saturation(size, window)));
      SIZES_KB.forEach(size -> all.add(rated(size, options.rate(), window)));
    }
    if (options.phases().contains("tail")) {
      options.rates().forEach(rate -> all.add(tail(rate, window)));
    }
    if (options.phases().contains("stream")) {
      all.add(streams(window.plusSeconds(1)));
    }
    if (options.phases().contains("hold")) {
      options.effort().held().forEach(streams -> all.add(held(streams, window.plusSeconds(1))));
    }
    return all;
  }

  /** What lives in a gateway's heap while streams are open; after all others, since it disturbs. */
  static List<LoadPhase> heaps(Options options) {
    return options.phases().contains("hold")
        ? options.effort().held().stream().map(it -> heaped(it, Duration.ofSeconds(1))).toList()
        : List.of();
  }

  /** Asking for it takes milliseconds, which latencies would show. */
  boolean countsGarbage() {
    return pace instanceof Pace.Closed || name.startsWith("hold-");
  }

  boolean countsHeap() {
    return name.startsWith("heap-");
  }

  /** The same, measured only after such a run-up. */
  LoadPhase after(Duration runUp) {
    return new LoadPhase(name, mock, bodyBytes, events, connections, pace, runUp, measure);
  }

  boolean holds() {
    return pace instanceof Pace.Hold;
  }

  /** Whether its figures are differences to the direct way. */
  boolean comparesWithDirect() {
    return pace instanceof Pace.Open;
  }

  LoadPlan plan(Target target) {
    byte[] body = Bodies.chat(bodyBytes, events > 0);
    return new LoadPlan(target.call(body, events), connections, pace, lead, measure);
  }
}
