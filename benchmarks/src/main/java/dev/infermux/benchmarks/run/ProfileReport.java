package dev.infermux.benchmarks.run;

import static dev.infermux.benchmarks.run.MarkdownTable.figure;

import dev.infermux.benchmarks.jvm.AllocationProfile;
import dev.infermux.benchmarks.jvm.AllocationProfile.Share;
import java.nio.file.Path;
import java.util.List;

/** The tables of a recording. */
final class ProfileReport {
  private static final int ROWS = 25;

  private ProfileReport() {}

  static String of(String phase, Path file, AllocationProfile profile) {
    return "What `%s` allocated (%s).\n\n".formatted(phase, file)
        + table("class", profile.classes(ROWS))
        + "\n"
        + table("place", profile.places(ROWS))
        + "\n"
        + table("our method that it was for", profile.owners(ROWS));
  }

  private static String table(String title, List<Share> shares) {
    var table = new MarkdownTable(title, "% of all bytes");
    shares.forEach(it -> table.row(List.of("`" + it.name() + "`", figure(it.share() * 100, 1))));
    return table.toString();
  }
}
