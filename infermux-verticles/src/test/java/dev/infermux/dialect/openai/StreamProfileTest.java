package dev.infermux.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.dialect.EventReader;
import dev.infermux.dialect.FrameSplitter;
import dev.infermux.dialect.FrameWriter;
import dev.infermux.dialect.ProviderFailures;
import dev.infermux.inference.Failure.UpstreamError;
import dev.infermux.inference.FailureClass;
import dev.infermux.testing.ProfileVariant;
import dev.infermux.testing.TestTimes;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that servers send come out in the profile that all clients take, or fail. */
class StreamProfileTest {

  private static final Pattern REASON =
      Pattern.compile("\"index\":(\\d)[^\\[]*?\"finish_reason\":\"\\w+\"");
  private static final String DONE = "data: [DONE]\n\n";

  private static final OpenAiResponses RESPONSES =
      new OpenAiResponses(
          new ProviderFailures("up"),
          (attempt, status, error, advice) ->
              new UpstreamError(FailureClass.SERVER_ERROR, status, error.message(), null),
          TestTimes.at(java.time.InstantSource.system()));

  static Stream<ProfileVariant> variants() {
    return ProfileVariant.all();
  }

  static Stream<ProfileVariant> conforming() {
    return variants().filter(variant -> variant.provider().equals(variant.caller()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void a_stream_comes_out_as_the_table_says(ProfileVariant variant) {
    Read read = read(variant, variant.bytes().length, variant.bytes().length);

    assertThat(read.text).isEqualTo(variant.caller());
    assertThat(read.reader.failure() != null).isEqualTo(variant.fails());
    assertThat(read.text.endsWith(DONE)).isEqualTo(!variant.fails());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void it_does_so_however_the_network_tore_it(ProfileVariant variant) {
    for (int piece : new int[] {1, 7, 100}) {
      assertThat(read(variant, variant.bytes().length, piece).text).isEqualTo(variant.caller());
    }
  }

  @Test
  void streams_in_the_profile_pass_byte_for_byte() {
    assertThat(conforming()).hasSizeGreaterThanOrEqualTo(7);
    assertThat(conforming())
        .allSatisfy(
            variant ->
                assertThat(read(variant, variant.bytes().length, 1 << 16).text)
                    .isEqualTo(variant.provider()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("variants")
  void no_cut_is_a_success_before_every_choice_has_its_reason(ProfileVariant variant) {
    byte[] bytes = variant.bytes();
    for (int cut = 0; cut < bytes.length; cut++) {
      Read read = read(variant, cut, 1 << 16);
      if (read.reader.failure() == null) {
        String seen = new String(bytes, 0, cut, UTF_8);
        assertThat(reasons(seen)).as("cut after %d", cut).isGreaterThanOrEqualTo(variant.choices());
        assertThat(read.text).endsWith(DONE);
      } else {
        assertThat(read.text).doesNotContain("[DONE]");
      }
    }
  }

  private static long reasons(String seen) {
    Matcher matcher = REASON.matcher(seen.replace("\"finish_reason\":\"null\"", ""));
    return Stream.iterate(matcher.find(), found -> found, found -> matcher.find()).count();
  }

  @Test
  void the_table_of_the_documents_is_this_one() throws IOException {
    String document = Files.readString(Path.of("../docs/resilience.md"));
    String section = document.substring(document.indexOf("## The stream profile"));
    List<String> rows =
        section
            .lines()
            .takeWhile(line -> !line.startsWith("## ") || line.startsWith("## The stream profile"))
            .filter(line -> line.startsWith("| ") && !line.startsWith("| the provider sends"))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            variants().map(one -> "| " + one.sent() + " | " + one.got() + " |").toList());
  }

  private static Read read(ProfileVariant variant, int length, int piece) {
    return new Read(variant, length, piece);
  }

  /** One stream that was read to where it ends. */
  private static final class Read {
    private final EventReader reader;
    private final String text;

    Read(ProfileVariant variant, int length, int piece) {
      reader = RESPONSES.events(variant.call().attempt());
      FrameWriter out = RESPONSES.framing().writer();
      Buffer all = Buffer.buffer();
      FrameSplitter splitter =
          RESPONSES
              .framing()
              .splitter(
                  frame -> {
                    if (!reader.over()) {
                      reader.event(frame, out);
                    }
                  });
      for (int from = 0; from < length; from += piece) {
        byte[] bytes = variant.bytes();
        splitter.feed(bytes, from, Math.min(length, from + piece));
        add(all, out.take());
      }
      splitter.end();
      if (!reader.over()) {
        reader.end("closed its connection", out);
      }
      add(all, out.take());
      text = all.toString(UTF_8);
    }

    private static void add(Buffer all, Buffer more) {
      if (more != null) {
        all.appendBuffer(more);
      }
    }
  }
}
