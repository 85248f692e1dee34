package dev.infermux.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"tmpfs", "ramfs", "overlay", "fuse.fuse-overlayfs", "aufs"})
  void what_goes_with_its_container_is_named_with_what_its_loss_costs(String type) {
    assertThat(StateDirectory.warning(Path.of("/data"), type, true).orElseThrow())
        .startsWith("/data is ")
        .contains("(" + type + ")", "infermux nodes settle", "(expected: a volume of its own)");
    assertThat(StateDirectory.warning(Path.of("/data"), type, false).orElseThrow())
        .contains("every budget begins at zero again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "nfs4", "NTFS", "apfs"})
  void a_disk_is_not(String type) {
    assertThat(StateDirectory.warning(Path.of("/data"), type, true)).isEmpty();
  }

  @Test
  void a_mount_is_looked_at_and_a_directory_that_is_not_there_is_not() throws Exception {
    Path memory = Files.createDirectory(directory.resolve("memory"));
    try (Mount mount = Mount.tmpfs(memory, "size=64k")) {
      assertThat(StateDirectory.warning(memory.resolve("budgets.json"), true).orElseThrow())
          .startsWith(memory + " is a memory disk (tmpfs)");
    }
    assertThat(StateDirectory.warning(directory.resolve("none").resolve("b.json"), true)).isEmpty();
  }

  @Test
  void what_kind_of_disk_the_tests_lie_on_is_told_without_failing() throws IOException {
    String type = Files.getFileStore(directory).type();

    assertThat(StateDirectory.warning(directory.resolve("b.json"), true))
        .isEqualTo(StateDirectory.warning(directory.toAbsolutePath(), type, true));
  }
}
