package dev.infermux.cli;

import dev.infermux.mist.ChatMessage;
import dev.infermux.mist.InferRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code infermux infer}: one question, one answer on standard output. */
@Command(
    name = "infer",
    description =
        "Asks one question and prints the answer's content alone, so that it can be piped.",
    sortOptions = false,
    footer = {
      "",
      "Without --server the providers of the configuration are asked from this process.",
      "Variables: INFERMUX_SERVER, INFERMUX_CONFIG, and INFERMUX_API_KEY, the key for --server.",
      "Exit codes: 0 answered, 1 no such file or bad arguments, 2 invalid configuration,",
      "4 the call was refused or failed."
    })
final class InferCommand implements Callable<Integer> {

  @Mixin private final ConfigSource source = new ConfigSource();
  @Mixin final HelpFlag help = new HelpFlag();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      required = true,
      description = "The model to ask, such as echo-v1.")
  private String model = "";

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      required = true,
      description = "The question; - reads it from standard input.")
  private String prompt = "";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "A running InferMux to ask, such as http://localhost:8080.")
  private @Nullable String server;

  @Option(names = "--stream", description = "Print the answer as it arrives.")
  private boolean stream;

  private final Surroundings surroundings;

  InferCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    InferRequest request = InferRequest.of(model, List.of(ChatMessage.of("user", prompt())));
    Optional<String> url = server();
    if (url.isPresent()) {
      String key = surroundings.variable("INFERMUX_API_KEY").orElse("");
      new RemoteInference(url.get(), key, surroundings.out()).ask(request, stream);
    } else {
      new LocalInference(source, surroundings).ask(request, stream);
    }
    return ExitCode.OK;
  }

  private Optional<String> server() {
    if (server != null && source.given()) {
      throw new UserError(
          ExitCode.BAD_ARGUMENTS, "--config and --server given (expected: one of them at most)");
    }
    if (server != null) {
      return Optional.of(server);
    }
    return source.given() ? Optional.empty() : surroundings.variable("INFERMUX_SERVER");
  }

  private String prompt() {
    if (!prompt.equals("-")) {
      return prompt;
    }
    try {
      return new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("standard input can not be read", e);
    }
  }
}
