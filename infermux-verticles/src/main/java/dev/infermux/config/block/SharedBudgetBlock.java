package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.ServiceUrls;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.tree.Fields;
import dev.infermux.config.tree.Node;
import dev.infermux.inference.Secret;
import dev.infermux.policy.budget.SharedBudgetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code budgets.shared}: the database through which several nodes share their budgets. */
final class SharedBudgetBlock {

  private static final int LEAST_POOL = 2;
  private static final Duration SPEND_LOCALLY = Duration.ofSeconds(60);

  private static final Key<Secret> URL =
      Key.required(
          "url",
          ServiceUrls.postgres(),
          "Of a PostgreSQL database that all nodes share; the password by `${VAR}`.");
  private static final Key<Integer> POOL =
      Key.of(
          "pool",
          Numbers.whole(LEAST_POOL),
          SharedBudgetOptions.POOL,
          "Connections of this node to the database, beside the one that listens.");
  private static final Key<Duration> HORIZON =
      Key.of(
          "horizon",
          Durations.positive(),
          SharedBudgetOptions.HORIZON,
          "For how long a node's share of a budget shall last, at the rate at which it spends.");
  private static final Key<Unreachable> UNREACHABLE =
      Key.of(
          "unreachable",
          Choices.of(
              List.of(Unreachable.values()), action -> action.name().toLowerCase(Locale.ROOT)),
          Unreachable.REFUSE,
          "What a hard limit does when the node's share is spent and the database is away.");
  private static final Key<Duration> SPEND_LOCALLY_FOR =
      Key.of(
          "spend_locally_for",
          Durations.positive(),
          SPEND_LOCALLY,
          "For how long `unreachable: spend_locally` spends up to the limit on each node.");
  private static final Key<Duration> LOST_AFTER =
      Key.of(
          "lost_after",
          Durations.positive(),
          SharedBudgetOptions.LOST_AFTER,
          "After how long without a sign a node is shown as lost, at least 30s; its share stays"
              + " counted.");

  /** A node that is well and not heard for a beat would lose its word on the limits. */
  private static final Duration LEAST_LOST_AFTER = Duration.ofSeconds(30);

  static final Block BLOCK =
      Block.of(URL, POOL, HORIZON, UNREACHABLE, SPEND_LOCALLY_FOR, LOST_AFTER);

  private SharedBudgetBlock() {}

  /** What to do without the database. */
  private enum Unreachable {
    REFUSE,
    SPEND_LOCALLY
  }

  static @Nullable SharedBudgetOptions read(Node node, @Nullable Object stateFile) {
    if (node.absent()) {
      return null;
    }
    if (stateFile == null) {
      node.report()
          .problem(
              node.path(),
              "without budgets.state_file",
              "budgets.state_file: a file for this node's journal");
    }
    Fields fields = node.fields(BLOCK);
    Duration lost = fields.get(LOST_AFTER);
    if (lost.compareTo(LEAST_LOST_AFTER) < 0) {
      fields.at(LOST_AFTER).refuse("at least 30s: nodes give a sign each 10 s");
    }
    boolean locally = fields.get(UNREACHABLE) == Unreachable.SPEND_LOCALLY;
    return new SharedBudgetOptions(
        fields.need(URL, Secret.of("")),
        fields.get(POOL),
        fields.get(HORIZON),
        locally ? fields.get(SPEND_LOCALLY_FOR) : Duration.ZERO,
        lost);
  }
}
