package dev.infermux.cli;

import dev.infermux.cli.process.Arguments;
import dev.infermux.cli.process.BadArguments;
import dev.infermux.cli.process.Command;
import dev.infermux.cli.process.CommandContext;
import dev.infermux.cli.process.CommandUsage;
import dev.infermux.cli.process.ConfigSource;
import dev.infermux.cli.process.ExitCode;
import dev.infermux.cli.process.Flag;
import dev.infermux.cli.process.RemoteServer;
import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code infermux infer}: one question, one answer on standard output. */
final class InferCommand implements Command {

  private static final String AUTO = "auto";
  private static final Flag MODEL =
      Flag.withValue(
          "--model", "MODEL", "The model to ask, such as echo-v1. Default: auto, any provider's.");
  private static final Flag PROMPT =
      Flag.withValue("--prompt", "TEXT", "The question, where it is not given as PROMPT.");
  private static final Flag SERVER =
      Flag.withValue(
          "--server", "URL", "A running InferMux to ask, such as http://localhost:8080.");
  private static final Flag STREAM = Flag.toggle("--stream", "Print the answer as it arrives.");

  private static final CommandUsage USAGE =
      new CommandUsage(
          "infermux infer",
          "PROMPT",
          "Asks one question and prints the answer's content alone, so that it can be piped.",
          List.of(MODEL, PROMPT, STREAM, SERVER, ConfigSource.FLAG, Flag.HELP),
          List.of(
              "PROMPT is the question; - reads it from standard input. Quote it, or all words are"
                  + " joined.",
              "Without --server the providers of the configuration are asked from this process.",
              "Variables: INFERMUX_SERVER, INFERMUX_CONFIG, and INFERMUX_API_KEY, the key for"
                  + " --server.",
              "Exit codes: 0 answered, 1 no such file or bad arguments, 2 invalid configuration,",
              "4 the call was refused or failed."));

  @Override
  public CommandUsage usage() {
    return USAGE;
  }

  @Override
  public int run(Arguments arguments, CommandContext context) {
    String model = arguments.find(MODEL).orElse(AUTO);
    String prompt = prompt(question(arguments), context);
    InferRequest request = InferRequest.of(model, List.of(ChatMessage.of("user", prompt)));
    boolean stream = arguments.has(STREAM);
    Optional<String> server = server(arguments, context);
    if (server.isPresent()) {
      String key = context.variable("INFERMUX_API_KEY").orElse("");
      RemoteServer remote =
          new RemoteServer(
              server.get(),
              key,
              ExitCode.CALL_FAILED,
              Network.of(context.environment(), System.getProperties()),
              NetworkOptions.defaults());
      new RemoteInference(remote, context.out()).ask(request, stream);
    } else {
      ConfigSource source = ConfigSource.of(arguments, context);
      new LocalInference(source, context).ask(request, stream);
    }
    return ExitCode.OK;
  }

  private static String question(Arguments arguments) {
    Optional<String> flag = arguments.find(PROMPT);
    List<String> words = arguments.words();
    if (flag.isPresent() && !words.isEmpty()) {
      throw new BadArguments("--prompt and PROMPT: both given (expected: one of them)");
    }
    if (flag.isEmpty() && words.isEmpty()) {
      throw new BadArguments("PROMPT: missing (expected: a question, such as infer \"Hello\")");
    }
    return flag.orElseGet(() -> String.join(" ", words));
  }

  private static Optional<String> server(Arguments arguments, CommandContext context) {
    boolean configured = arguments.has(ConfigSource.FLAG);
    Optional<String> flag = arguments.find(SERVER);
    if (flag.isPresent() && configured) {
      throw new BadArguments("--config and --server: both given (expected: one of them at most)");
    }
    return flag.isPresent() || configured ? flag : context.variable("INFERMUX_SERVER");
  }

  private static String prompt(String argument, CommandContext context) {
    if (!argument.equals("-")) {
      return argument;
    }
    try {
      return new String(context.in().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }
}
