package dev.infermux.clients;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A coding agent in its non-interactive mode: it is asked what a file says, the model calls its
 * shell, and it prints what the model makes of the result.
 *
 * @param launch starts it in a directory of its own, with InferMux's address
 */
record CodingAgent(BiFunction<Path, String, Launch> launch) implements Program {

  /** Only in the file. */
  static final String FACT = "The answer is 42.";

  private static final String QUESTION = "What does notes.txt say?";

  static CodingAgent codex() {
    return new CodingAgent(CodingAgent::codex);
  }

  static CodingAgent claudeCode() {
    return new CodingAgent(CodingAgent::claudeCode);
  }

  @Override
  public String language() {
    return "node";
  }

  @Override
  public Map<Scenario, Outcome> run(String url) {
    Map<Scenario, Outcome> outcomes =
        Arrays.stream(Scenario.values())
            .collect(
                toMap(
                    scenario -> scenario,
                    scenario -> Outcome.NONE,
                    (one, other) -> one,
                    () -> new EnumMap<>(Scenario.class)));
    outcomes.put(Scenario.TOOLS, task(url));
    return outcomes;
  }

  private Outcome task(String url) {
    try {
      Path home = Files.createTempDirectory("coding-agent");
      Files.writeString(home.resolve("notes.txt"), FACT + "\n");
      Launch.Ended ended =
          launch
              .apply(home, url)
              .in(home)
              .environment(Map.of("HOME", home.toString(), "PATH", System.getenv("PATH")))
              .within(60)
              .run();
      boolean told = ended.ok() && ended.output().contains(Column.TEXT);
      return told ? Outcome.OK : Outcome.failed(ended.output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Launch codex(Path home, String url) {
    String provider = "model_providers.infermux.";
    return Launch.of(
            Packages.node("@openai/codex/bin/codex.js").toString(),
            "exec",
            "--skip-git-repo-check",
            "--sandbox",
            "danger-full-access",
            "-c",
            "model_provider=\"infermux\"",
            "-c",
            provider + "name=\"InferMux\"",
            "-c",
            provider + "base_url=\"" + url + "/v1\"",
            "-c",
            provider + "env_key=\"INFERMUX_KEY\"",
            "-c",
            provider + "wire_api=\"responses\"",
            "--model",
            "codex",
            QUESTION)
        .alone()
        .environment(Map.of("INFERMUX_KEY", "sk-caller", "CODEX_HOME", home.toString()));
  }

  private static Launch claudeCode(Path home, String url) {
    Path program = Packages.node("@anthropic-ai/claude-code-linux-x64/claude");
    return Launch.of(
            List.of(
                program.toString(),
                "-p",
                QUESTION,
                "--allowedTools",
                "Bash(cat:*)",
                "--model",
                "claude"))
        .alone()
        .environment(
            Map.of(
                "ANTHROPIC_BASE_URL", url,
                "ANTHROPIC_AUTH_TOKEN", "sk-caller",
                "ANTHROPIC_SMALL_FAST_MODEL", "claude",
                "CLAUDE_CONFIG_DIR", home.resolve("config").toString(),
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"));
  }
}
