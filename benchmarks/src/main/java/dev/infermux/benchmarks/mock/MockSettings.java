package dev.infermux.benchmarks.mock;

import java.util.Map;

/**
 * How the mock answers.
 *
 * @param answerBytes size of a whole JSON answer, at least the 500 or so that its fixed fields take
 * @param firstTokenMillis from the request to the first event of a stream
 * @param events content events of a stream
 * @param intervalMillis between two events
 */
record MockSettings(int answerBytes, int firstTokenMillis, int events, int intervalMillis) {
  static final MockSettings DEFAULT = new MockSettings(600, 0, 20, 10);

  MockSettings with(Map<String, String> changes) {
    return new MockSettings(
        value(changes, "answerBytes", answerBytes),
        value(changes, "firstTokenMillis", firstTokenMillis),
        value(changes, "events", events),
        value(changes, "intervalMillis", intervalMillis));
  }

  private static int value(Map<String, String> changes, String key, int current) {
    String text = changes.get(key);
    return text == null ? current : Integer.parseInt(text);
  }
}
