package dev.infermux.cli;

import picocli.CommandLine.Option;

/** {@code --help}, which every command has. */
final class HelpFlag {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 100,
      description = "Show this help and exit.")
  boolean help;
}
