package dev.infermux.config;

import dev.infermux.config.block.MockBlock;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Problem;
import dev.infermux.config.tree.ProblemReport;
import dev.infermux.config.tree.Tree;
import dev.infermux.config.yaml.FileProblem;
import dev.infermux.mock.ControlCommand;
import dev.infermux.mock.script.MockPlan;
import dev.infermux.mock.script.MockScript;
import dev.infermux.mock.script.MockSyntaxException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads the scripts of a mock server: a script file in YAML when it starts, and commands in JSON,
 * or a bare plan, while it runs. Unknown keys are problems.
 */
public final class MockScripts implements ControlCommand.Reader {

  /** Reads a file; its variables are filled in as in a configuration. */
  public static Future<ControlCommand> read(
      Vertx vertx, Path file, Map<String, String> environment) {
    return ConfigReader.yaml(vertx, file)
        .map(
            json -> {
              ProblemReport report = new ProblemReport(true, true);
              Fields fields = Tree.of(json, environment, report).root().fields(MockBlock.BLOCK);
              MockScript script = MockBlock.read(fields, MockScript.OK);
              return new ControlCommand(script, List.of(), lines(report, file + ": "));
            })
        .recover(
            failure ->
                failure instanceof FileProblem problem
                    ? Future.succeededFuture(refused(file + ": " + problem.getMessage()))
                    : Future.failedFuture(failure));
  }

  @Override
  public ControlCommand read(String text, MockScript now) {
    if (!text.strip().startsWith("{")) {
      return plan(text.strip(), now);
    }
    ProblemReport report = new ProblemReport(true, true);
    try {
      // A dollar is a dollar here: what others send must not read this program's variables.
      JsonObject json = new JsonObject(text.replace("$", "$$"));
      Fields fields = Tree.of(json, Map.of(), report).root().fields(MockBlock.CONTROL);
      return new ControlCommand(
          MockBlock.read(fields, now), MockBlock.next(fields), lines(report, ""));
    } catch (DecodeException e) {
      return refused("body: no JSON (expected: a JSON object, or a plan such as ok 10s, 503 5s)");
    }
  }

  private static ControlCommand plan(String text, MockScript now) {
    try {
      return new ControlCommand(now.withPlan(MockPlan.parse(text)), List.of(), List.of());
    } catch (MockSyntaxException e) {
      return refused("script: " + e.getMessage());
    }
  }

  private static ControlCommand refused(String problem) {
    return new ControlCommand(MockScript.OK, List.of(), List.of(problem));
  }

  private static List<String> lines(ProblemReport report, String where) {
    return report.problems().stream().map(Problem::text).map(text -> where + text).toList();
  }
}
