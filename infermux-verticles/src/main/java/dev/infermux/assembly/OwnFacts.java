package dev.infermux.assembly;

import dev.infermux.inbound.management.view.NodesReport;
import dev.infermux.inbound.management.view.NodesView;
import dev.infermux.nodes.hints.NodeHints;
import java.time.Instant;

/**
 * What an InferMux tells of itself.
 *
 * @param pong its version and uptime
 * @param hints the nodes that it hears
 */
record OwnFacts(PongSupplier pong, NodeHints hints) implements NodesView {

  @Override
  public NodesReport report() {
    return new NodesReport(
        hints.cluster(),
        hints.expected(),
        hints.nodes().stream()
            .map(
                node ->
                    new NodesReport.Node(
                        node.identity().id(),
                        node.identity().name(),
                        node.identity().version(),
                        Instant.ofEpochMilli(node.identity().startedMillis()),
                        node.silent(),
                        node.self()))
            .toList());
  }
}
