package dev.infermux.config;

import dev.infermux.config.block.VirtualKeyBlock;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Problem;
import dev.infermux.config.tree.ProblemReport;
import dev.infermux.config.tree.Tree;
import dev.infermux.keys.KeyRequest;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A request for a key, read by the rules of the file; an unknown field is a problem.
 *
 * @param problems in a line each; none = it can be used
 * @param warnings as the file would bring, in a line each
 */
public record KeyRequests(KeyRequest request, List<String> problems, List<String> warnings) {

  public KeyRequests {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  public static KeyRequests read(JsonObject json, Config config, InstantSource clock) {
    ProblemReport report = new ProblemReport(true, true);
    // A dollar is a dollar here: what others send must not read this program's variables.
    JsonObject plain = new JsonObject(json.encode().replace("$", "$$"));
    Fields fields = Tree.of(plain, Map.of(), report).root().fields(VirtualKeyBlock.BLOCK);
    KeyRequest request =
        VirtualKeyBlock.read(fields, model -> ConfigFile.isServed(config, model), clock);
    return new KeyRequests(
        request, report.problems().stream().map(Problem::text).toList(), report.warnings());
  }
}
