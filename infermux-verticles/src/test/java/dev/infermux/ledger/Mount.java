package dev.infermux.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own in memory; only root may have one, others skip the test. */
final class Mount implements AutoCloseable {

  private final Path at;

  private Mount(Path at) {
    this.at = at;
  }

  static Mount tmpfs(Path at, String options) throws IOException, InterruptedException {
    boolean mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString());
    Assumptions.assumeTrue(mounted, "mounting a file system needs root on Linux");
    return new Mount(at);
  }

  void remount(String options) throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount," + options, at.toString())) {
      throw new IOException("remount " + options);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "-l", at.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    try {
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
