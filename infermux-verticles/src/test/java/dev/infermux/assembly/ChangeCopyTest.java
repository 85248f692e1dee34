package dev.infermux.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.nodes.ChangeEffect;
import dev.infermux.nodes.ChangeState;
import dev.infermux.nodes.SharedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeCopyTest {

  private static final ChangeState STATE =
      new ChangeState(
          7,
          List.of(
              SharedChange.set("provider", "a \"b\" \0", "{\"x\":1}"),
              SharedChange.without("provider", "gone", ChangeEffect.REMOVED)));

  @TempDir Path directory;

  @Test
  void what_is_written_is_read_and_its_owners_alone() throws IOException {
    ChangeCopy copy = ChangeCopy.beside(directory.resolve("budgets.json"));
    assertThat(copy.read()).isEmpty();

    copy.write(new ChangeState(6, List.of()));
    copy.write(STATE);

    assertThat(copy.read()).contains(STATE);
    Path file = directory.resolve("budgets.json.changes");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void broken_copy_is_none() throws IOException {
    ChangeCopy copy = ChangeCopy.beside(directory.resolve("budgets.json"));
    copy.write(STATE);
    String whole = Files.readString(directory.resolve("budgets.json.changes"));

    for (int end = 0; end < whole.length(); end += 9) {
      Files.writeString(directory.resolve("budgets.json.changes"), whole.substring(0, end));
      assertThat(copy.read()).isEmpty();
    }
    Files.writeString(directory.resolve("budgets.json.changes"), "{\"format\":\"another\"}");
    assertThat(copy.read()).isEmpty();
  }

  @Test
  void no_file_and_no_directory_are_no_failure() {
    ChangeCopy none = ChangeCopy.beside(null);
    none.write(STATE);
    assertThat(none.read()).isEmpty();

    ChangeCopy nowhere = ChangeCopy.beside(directory.resolve("missing/budgets.json"));
    nowhere.write(STATE);
    assertThat(nowhere.read()).isEmpty();
  }
}
