package dev.infermux.cli;

import dev.infermux.Version;
import dev.infermux.cli.doctor.DoctorCommand;
import dev.infermux.cli.manage.BudgetsCommand;
import dev.infermux.cli.manage.KeysCommand;
import dev.infermux.cli.manage.NodesCommand;
import dev.infermux.cli.manage.ProvidersCommand;
import dev.infermux.cli.manage.ReloadCommand;
import dev.infermux.cli.manage.StatusCommand;
import dev.infermux.cli.migrate.ImportCommand;
import dev.infermux.cli.prices.PricesCommand;
import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.SocketTransport;
import dev.infermux.cli.process.UserError;
import dev.infermux.cli.shell.CommandTable;
import dev.infermux.cli.shell.CompletionCommand;
import dev.infermux.cli.shell.ManCommand;
import dev.infermux.config.tree.KeySuggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The commands by name, and what {@code infermux} does without one. */
final class Commands {

  private static final Map<String, Command> BY_NAME = new LinkedHashMap<>();
  private static final Map<String, CommandUsage> OF_ITSELF = new LinkedHashMap<>();
  private static final Flag VERSION =
      Flag.toggle("--version", "Show the version and exit.").or("-V");

  static {
    BY_NAME.put("serve", ServeCommand.all());
    BY_NAME.put("serve-grpc", ServeCommand.grpcAlone());
    BY_NAME.put("infer", new InferCommand());
    BY_NAME.put("validate", new ValidateCommand());
    BY_NAME.put("status", new StatusCommand());
    BY_NAME.put("providers", new ProvidersCommand());
    BY_NAME.put("reload", new ReloadCommand());
    BY_NAME.put("keys", new KeysCommand());
    BY_NAME.put("budgets", new BudgetsCommand());
    BY_NAME.put("nodes", new NodesCommand());
    BY_NAME.put("prices", new PricesCommand());
    BY_NAME.put("mock", new MockCommand());
    BY_NAME.put("doctor", new DoctorCommand(variables()));
    BY_NAME.put("import", new ImportCommand());
    BY_NAME.put("completion", new CompletionCommand(Commands::table));
    BY_NAME.put("man", new ManCommand(Commands::table, Version.current()));
    OF_ITSELF.put(
        "version",
        new CommandUsage("infermux version", "Shows the version.", List.of(Flag.HELP), List.of()));
    OF_ITSELF.put(
        "help",
        new CommandUsage(
            "infermux help",
            CommandTable.COMMAND,
            "Shows this help, or that of a command: help serve.",
            List.of(Flag.HELP),
            List.of()));
  }

  private Commands() {}

  static int run(CommandContext context, List<String> words) {
    if (!words.isEmpty() && OF_ITSELF.containsKey(words.get(0))) {
      return ofItself(context, words.get(0), words.subList(1, words.size()));
    }
    Command command = words.isEmpty() ? null : BY_NAME.get(words.get(0));
    if (command == null) {
      return withoutCommand(context, words);
    }
    Arguments arguments = command.usage().parse(words.subList(1, words.size()));
    if (arguments.has(Flag.HELP)) {
      return print(context, command.usage().help());
    }
    int exitCode = command.run(arguments, context);
    return command.prints() ? printed(context, exitCode) : exitCode;
  }

  /** The command's name after a space, or nothing where there is none. */
  static String named(List<String> words) {
    return words.isEmpty() || !BY_NAME.containsKey(words.get(0)) ? "" : " " + words.get(0);
  }

  private static int withoutCommand(CommandContext context, List<String> words) {
    String names = String.join(" | ", names());
    if (words.isEmpty()) {
      throw new BadArguments("command: missing (expected: " + names + ")");
    }
    String word = words.get(0);
    if (!word.startsWith("-")) {
      String hint =
          KeySuggestion.to(word, names()).map(near -> "; did you mean " + near + "?").orElse("");
      throw new BadArguments("command: \"" + word + "\" (expected: " + names + hint + ")");
    }
    Arguments arguments = usage().parse(words);
    return arguments.has(Flag.HELP) ? print(context, usage().help()) : version(context);
  }

  /** {@code version}, and {@code help} alone or of one command. */
  private static int ofItself(CommandContext context, String name, List<String> rest) {
    CommandUsage own = Objects.requireNonNull(OF_ITSELF.get(name));
    Arguments arguments = own.parse(rest);
    List<String> words = arguments.words();
    if (arguments.has(Flag.HELP)) {
      return print(context, own.help());
    } else if (name.equals("version")) {
      return version(context);
    } else if (words.isEmpty()) {
      return print(context, usage().help());
    }
    CommandUsage asked = usages().get(words.get(0));
    return asked == null ? withoutCommand(context, words) : print(context, asked.help());
  }

  private static int version(CommandContext context) {
    return print(context, "infermux " + Version.current() + "\n");
  }

  private static CommandTable table() {
    return new CommandTable(usage(), usages());
  }

  private static Map<String, CommandUsage> usages() {
    Map<String, CommandUsage> usages = new LinkedHashMap<>();
    BY_NAME.forEach((name, command) -> usages.put(name, command.usage()));
    usages.putAll(OF_ITSELF);
    return usages;
  }

  private static List<String> names() {
    return List.copyOf(usages().keySet());
  }

  private static CommandUsage usage() {
    String commands =
        usages().entrySet().stream()
            .map(
                entry -> String.format("  %-12s%s", entry.getKey(), entry.getValue().description()))
            .collect(Collectors.joining("\n"));
    return new CommandUsage(
        "infermux COMMAND",
        "Routes LLM requests to the providers that can answer them.\n\n" + commands,
        List.of(Flag.HELP, VERSION),
        List.of("Each command has its own --help."));
  }

  private static int print(CommandContext context, String text) {
    context.out().print(text);
    return printed(context, ExitCode.OK);
  }

  private static int printed(CommandContext context, int exitCode) {
    if (context.out().checkError() && exitCode == ExitCode.OK) {
      throw new UserError(
          ExitCode.CAN_NOT_WRITE,
          "standard output cannot be written (expected: a disk that is not full)");
    }
    return exitCode;
  }

  /** What serve reads of the environment beside what all commands do; each fails for nonsense. */
  private static List<Consumer<CommandContext>> variables() {
    Arguments none = usage().parse(List.of());
    return List.of(
        ManagementToken::of,
        context -> SocketTransport.of(none, context),
        context -> Rehearsal.length(none, context));
  }
}
