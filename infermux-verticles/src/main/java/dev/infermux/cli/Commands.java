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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands by name, and what {@code infermux} does without one. */
final class Commands {

  private static final Map<String, Command> BY_NAME = new LinkedHashMap<>();
  private static final List<String> OF_ITSELF = List.of("version", "help");
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
  }

  private Commands() {}

  static int run(CommandContext context, List<String> words) {
    if (!words.isEmpty() && words.get(0).equals("help")) {
      return help(context, words.subList(1, words.size()));
    }
    if (words.equals(List.of("version"))) {
      return version(context);
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

  /** {@code help} alone, or of one command. */
  private static int help(CommandContext context, List<String> words) {
    if (words.isEmpty() || OF_ITSELF.contains(words.get(0))) {
      return print(context, usage().help());
    }
    Command command = BY_NAME.get(words.get(0));
    return command == null
        ? withoutCommand(context, words)
        : print(context, command.usage().help());
  }

  private static int version(CommandContext context) {
    return print(context, "infermux " + Version.current() + "\n");
  }

  private static CommandTable table() {
    Map<String, CommandUsage> usages = new LinkedHashMap<>();
    BY_NAME.forEach((name, command) -> usages.put(name, command.usage()));
    return new CommandTable(usage(), usages);
  }

  private static List<String> names() {
    return Stream.concat(BY_NAME.keySet().stream(), OF_ITSELF.stream()).toList();
  }

  private static CommandUsage usage() {
    String commands =
        BY_NAME.entrySet().stream()
                .map(
                    entry ->
                        String.format(
                            "  %-12s%s", entry.getKey(), entry.getValue().usage().description()))
                .collect(Collectors.joining("\n"))
            + "\n"
            + "  version     Shows the version.\n"
            + "  help        Shows this help, or that of a command: help serve.";
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
