package dev.infermux.benchmarks.run;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another gateway that is measured in turn with the first.
 *
 * @param command shell command that starts it; empty = there is none
 * @param headers that its requests have on top, in which {mock} stands for the port of the mock
 */
record Beside(String command, List<String> headers) {
  static final Beside NOBODY = new Beside("", List.of());

  boolean isEmpty() {
    return command.isEmpty();
  }

  Beside at(String other) {
    return new Beside(other, headers);
  }

  Beside with(String header) {
    return new Beside(command, Stream.concat(headers.stream(), Stream.of(header)).toList());
  }

  /** As they stand in a head. */
  String lines(int mockPort) {
    return headers.stream()
        .map(header -> header.replace("{mock}", Integer.toString(mockPort)) + "\r\n")
        .collect(Collectors.joining());
  }
}
