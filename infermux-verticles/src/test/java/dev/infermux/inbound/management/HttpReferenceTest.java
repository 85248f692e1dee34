package dev.infermux.inbound.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HttpReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "http-reference.md");
  private static final Path GENERATED = Path.of("target", "generated-docs", "http-reference.md");

  @Test
  void the_page_is_that_of_the_description() throws Exception {
    try (InputStream file = OpenApiEndpoint.class.getResourceAsStream(OpenApiEndpoint.FILE)) {
      String page = HttpReference.of(new JsonMapper().readTree(file));
      Files.createDirectories(GENERATED.getParent());
      Files.writeString(GENERATED, page);

      assertThat(Files.readString(PAGE)).as("copy %s there", GENERATED).isEqualTo(page);
    }
  }
}
