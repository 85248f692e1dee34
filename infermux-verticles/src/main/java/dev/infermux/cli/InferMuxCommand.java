package dev.infermux.cli;

import dev.infermux.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** {@code infermux} without a command: help and version. */
@Command(
    name = "infermux",
    description = "Routes LLM requests to the providers that can answer them.",
    versionProvider = InferMuxCommand.ProgramVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Each command has its own --help."})
final class InferMuxCommand {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  /** What {@code --version} prints. */
  static final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"infermux " + Version.current()};
    }
  }
}
