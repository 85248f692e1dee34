package dev.infermux.cli.prices;

import dev.infermux.cli.manage.Table;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Blocking;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ConfigSource;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.Plural;
import dev.infermux.cli.process.ProgramVertx;
import dev.infermux.cli.process.UserError;
import dev.infermux.cli.process.UserFile;
import dev.infermux.config.ReadOptions;
import dev.infermux.network.UnusableFile;
import dev.infermux.prices.LiteLlmImport;
import dev.infermux.prices.PriceDifference;
import dev.infermux.prices.PriceFile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** {@code infermux prices}: brings price lists in, and compares them. */
public final class PricesCommand implements Command {

  private static final int DIFFERENT = 1;

  private static final Flag OUT =
      Flag.withValue("--out", "FILE", "Where import writes the list. Default: standard output.");
  private static final Flag AS_OF =
      Flag.withValue(
          "--as-of",
          "DATE",
          "The day the imported prices are of. Default: that of the file's last change.");
  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux prices",
          "import FILE | diff [FILE]",
          "Makes a price list of LiteLLM's, or compares a list with the built-in one.",
          List.of(OUT, AS_OF, ConfigSource.FLAG, Flag.HELP),
          List.of(
              "import reads LiteLLM's model_prices_and_context_window.json; the list it writes is",
              "for pricing_file. diff takes either format; without FILE, the pricing_file of the",
              "configuration.",
              "Exit codes: 0 written, or no difference; 1 bad arguments, or a difference;",
              "2 the file is missing or no price list, or cannot be written."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    List<String> words = arguments.words();
    boolean unnamed = words.equals(List.of("diff"));
    if (words.size() != 2 && !unnamed) {
      throw new BadArguments("prices: not two words (expected: import FILE, or diff FILE)");
    }
    try {
      Path file = unnamed ? configured(arguments, context) : path(words.get(1));
      return switch (words.get(0)) {
        case "import" -> take(file, arguments, context);
        case "diff" -> compare(file, context);
        default ->
            throw new BadArguments(
                "prices: \"" + words.get(0) + "\" (expected: import FILE, or diff FILE)");
      };
    } catch (UnusableFile unusable) {
      throw new UserError(ExitCode.BAD_CONFIGURATION, String.valueOf(unusable.getMessage()));
    }
  }

  private static int take(Path file, Arguments arguments, CommandContext context) {
    LiteLlmImport imported =
        LiteLlmImport.read(file, arguments.find(AS_OF).map(PricesCommand::day).orElse(day(file)));
    if (arguments.has(OUT)) {
      UserFile.write(path(arguments.required(OUT)), imported.text());
    } else {
      context.out().print(imported.text());
      context.out().flush();
    }
    context
        .err()
        .println(
            Plural.of(imported.rows(), "row")
                + " imported, "
                + imported.leftOut()
                + " left out that have no price by the token");
    return ExitCode.OK;
  }

  private static int compare(Path file, CommandContext context) {
    List<PriceDifference> all =
        PriceDifference.between(PriceFile.builtIn(), PriceFile.readEither(file));
    if (all.isEmpty()) {
      context.out().println("no difference");
      return ExitCode.OK;
    }
    Table table = new Table("CHANGE", "VENDOR", "MODEL", "BUILT-IN", "FILE");
    all.forEach(
        one -> table.add(one.change(), one.vendor(), one.model(), one.before(), one.after()));
    table.print(context.out());
    return DIFFERENT;
  }

  private static Path configured(Arguments arguments, CommandContext context) {
    Vertx vertx = ProgramVertx.create();
    try {
      ReadOptions options = ReadOptions.of(context.environment()).withToServe(false);
      Path file =
          ConfigSource.of(arguments, context).load(vertx, options).config().pricing().file();
      if (file == null) {
        throw new BadArguments(
            "prices: no FILE, and no pricing_file in the configuration (expected: diff FILE)");
      }
      return file;
    } finally {
      Blocking.on(vertx.close());
    }
  }

  private static LocalDate day(Path file) {
    try {
      return LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
    } catch (IOException e) {
      return LocalDate.EPOCH;
    }
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new BadArguments("--as-of: \"" + text + "\" (expected: a day such as 2026-11-27)");
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new BadArguments("prices: \"" + text + "\" (expected: a path)");
    }
  }
}
