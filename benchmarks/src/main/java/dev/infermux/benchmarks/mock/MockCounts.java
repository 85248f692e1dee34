package dev.infermux.benchmarks.mock;

/** What the mock has seen since it started. Only the mock's loop touches it. */
final class MockCounts {
  long answers;
  long events;
  long streamsOpen;
  long streamsEnded;
  long streamsAborted;
  long connectionsOpened;
  long spanPosts;
  long spans;

  String json() {
    return """
    {"answers":%d,"events":%d,"streams_open":%d,"streams_ended":%d,"streams_aborted":%d,\
    "connections_opened":%d,"span_posts":%d,"spans":%d}\
    """
        .formatted(
            answers,
            events,
            streamsOpen,
            streamsEnded,
            streamsAborted,
            connectionsOpened,
            spanPosts,
            spans);
  }
}
