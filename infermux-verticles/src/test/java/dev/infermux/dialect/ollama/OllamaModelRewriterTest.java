package dev.infermux.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.inference.ModelRewriter;
import dev.infermux.inference.StreamTranscript;
import dev.infermux.testing.OllamaTexts;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** What the stages do to answers of the dialect: they rename, and they read along. */
class OllamaModelRewriterTest {

  private final ModelRewriter rewriter = OllamaDialect.INSTANCE.renaming("my \"model\"");

  @Test
  void name_at_the_top_is_replaced_and_all_else_stays() {
    String answer = "{ \"x\":{\"model\":\"in\"}, \"model\" : \"a\",\"done\":true}";

    assertThat(rewriter.in(Buffer.buffer(answer)).toString())
        .isEqualTo(answer.replace("\"a\"", "\"my \\\"model\\\"\""));
    assertThat(rewriter.in(Buffer.buffer("{\"embedding\":[1]}")).toString())
        .isEqualTo("{\"embedding\":[1]}");
    assertThat(rewriter.in(Buffer.buffer("no JSON")).toString()).isEqualTo("no JSON");
  }

  @Test
  void each_line_of_a_stream_is_renamed() {
    Buffer lines = OllamaTexts.lines(OllamaTexts.HELLO, OllamaTexts.DONE);

    assertThat(rewriter.inEvents(lines).toString())
        .isEqualTo(lines.toString().replace("\"llama3.2\"", "\"my \\\"model\\\"\""));
  }

  @Test
  void transcript_is_the_text_unless_tools_are_called() {
    StreamTranscript transcript = OllamaDialect.INSTANCE.transcript();

    transcript.read(OllamaTexts.lines(OllamaTexts.THINKING, OllamaTexts.HELLO));
    Buffer rest = OllamaTexts.lines(OllamaTexts.WORLD, OllamaTexts.DONE);
    assertThat(transcript.fit(rest)).isEqualTo(rest);
    assertThat(transcript.text()).isEqualTo("Hello, world");

    transcript.read(OllamaTexts.lines(OllamaTexts.CALLS));
    assertThat(transcript.text()).isEmpty();
  }
}
