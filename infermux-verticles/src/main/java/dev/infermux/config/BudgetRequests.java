package dev.infermux.config;

import dev.infermux.config.block.BudgetBlock;
import dev.infermux.config.tree.Problem;
import dev.infermux.config.tree.ProblemReport;
import dev.infermux.config.tree.Tree;
import dev.infermux.policy.budget.CallerBudget;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A request for a budget, read by the rules of the file; an unknown field is a problem.
 *
 * @param problems in a line each; none = it can be used
 * @param warnings as the file would bring, in a line each
 */
public record BudgetRequests(CallerBudget budget, List<String> problems, List<String> warnings) {

  public BudgetRequests {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  public static BudgetRequests read(JsonObject json, Config config) {
    ProblemReport report = new ProblemReport(true, true);
    // A dollar is a dollar here: what others send must not read this program's variables.
    JsonObject plain = new JsonObject(json.encode().replace("$", "$$"));
    CallerBudget budget =
        BudgetBlock.ofCaller(
            Tree.of(plain, Map.of(), report).root().fields(BudgetBlock.CALLER_BLOCK),
            model -> ConfigFile.isServed(config, model));
    List<String> problems = report.problems().stream().map(Problem::text).toList();
    return new BudgetRequests(budget, problems, report.warnings());
  }
}
