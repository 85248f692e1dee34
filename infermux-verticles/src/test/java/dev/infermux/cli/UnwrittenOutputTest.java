package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.cli.process.CommandContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose output does not fit on the disk say so, and do not end with 0. */
class UnwrittenOutputTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import litellm src/test/resources/import/litellm-simple.yaml",
        "man",
        "completion fish",
        "--help",
        "serve --help",
        "version",
        "infer --model echo-v1 Hello",
      })
  void a_full_disk_is_said_and_is_no_success(String line) {
    StringWriter err = new StringWriter();
    CommandContext context =
        new CommandContext(
            Map.of(),
            InputStream.nullInputStream(),
            CommandContext.writer(new FullDisk()),
            new PrintWriter(err),
            stop -> {});

    assertThat(Main.run(context, List.of(line.split(" ")))).isEqualTo(74);
    assertThat(err.toString()).contains("standard output cannot be written");
  }

  private static final class FullDisk extends OutputStream {

    @Override
    public void write(int one) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
