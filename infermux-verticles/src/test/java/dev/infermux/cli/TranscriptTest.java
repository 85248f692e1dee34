package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines are parted by commas here. */
class TranscriptTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b        | a,b",
        "at 7 ms    | at 12.5 ms",
        "a,…,d      | a,b,c,d",
        "a,…,d      | a,d",
        "a,…        | a,b",
        "…,b        | a,b",
        "a,2026-11-29T12:00:00Z WARN w,b | a,b,2026-11-30T13:01:01Z WARN w",
      })
  void those_that_it_fits(String page, String printed) {
    assertThat(new Transcript(lines(page)).missing(lines(printed))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b,c      | a,c        | b",
        "a,b        | a          | b",
        "a          | a,b        | (the end)",
        "a,…,d,e    | a,b,d,x,e  | e",
        "a,…,d      | a,b,c      | d",
        "a          | a,2026-11-29T12:00:00Z WARN w | (the end)",
        "2026-11-29T12:00:00Z WARN w,a   | a        | 2026-11-29T12:00:00Z WARN w",
      })
  void the_line_that_is_missing(String page, String printed, String missing) {
    assertThat(new Transcript(lines(page)).missing(lines(printed))).contains(missing);
  }

  private static List<String> lines(String text) {
    return List.of(text.split(","));
  }
}
