package dev.infermux.cli.migrate;

import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.Plural;
import dev.infermux.cli.process.UserError;
import dev.infermux.cli.process.UserFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code infermux import}: another gateway's configuration as one for InferMux. */
public final class ImportCommand implements Command {

  private static final String EXPECTED = "litellm FILE, or bifrost FILE";
  private static final Flag OUTPUT =
      Flag.withValue(
          "--output", "FILE", "Where the configuration is written. Default: standard output.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux import",
          "litellm FILE | bifrost FILE",
          "Makes infermux.yml of the configuration of LiteLLM's proxy, or of Bifrost.",
          List.of(OUTPUT, Flag.HELP),
          List.of(
              "What has no counterpart is listed on standard error, and at the head of the file.",
              "Exit codes: 0 written, and valid; 1 no such file or bad arguments; 2 the file"
                  + " cannot",
              "be read, or nothing of it can be taken over."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    List<String> words = arguments.words();
    if (words.size() != 2 || !List.of("litellm", "bifrost").contains(words.get(0))) {
      String found = String.join(" ", words);
      throw new BadArguments("import: \"" + found + "\" (expected: " + EXPECTED + ")");
    }
    Path file = Path.of(words.get(1));
    notOver(file, arguments.orNull(OUTPUT));
    SourceMap source = SourceFile.read(file);
    String name = String.valueOf(file.getFileName());
    Migration made =
        words.get(0).equals("litellm")
            ? LiteLlmConfig.read(name, source)
            : BifrostConfig.read(name, source);
    write(made, arguments, context, file);
    return ExitCode.OK;
  }

  private static void notOver(Path source, @Nullable String output) {
    try {
      if (output != null
          && Files.exists(Path.of(output))
          && Files.isSameFile(source, Path.of(output))) {
        throw new BadArguments("--output: " + output + " (expected: another file than the source)");
      }
    } catch (IOException e) {
      // one of the two cannot be looked at: reading and writing say so
    }
  }

  private static void write(
      Migration made, Arguments arguments, CommandContext context, Path file) {
    ImportedCheck.of(made);
    if (made.providers().isEmpty()) {
      made.lost().forEach(line -> context.err().println("  " + line));
      throw new UserError(ExitCode.BAD_CONFIGURATION, file + ": no model that InferMux can reach");
    }
    String text = made.text();
    String output = arguments.orNull(OUTPUT);
    if (output == null) {
      context.out().print(text);
      context.out().flush();
    } else {
      UserFile.write(Path.of(output), text);
    }
    context.err().println(Plural.of(made.providers().size(), "provider") + " imported");
    if (!made.lost().isEmpty()) {
      context.err().println("without a counterpart, or not quite the same:");
      made.lost().forEach(line -> context.err().println("  " + line));
    }
  }
}
