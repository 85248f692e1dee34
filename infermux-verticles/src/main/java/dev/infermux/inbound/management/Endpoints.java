package dev.infermux.inbound.management;

import dev.infermux.inbound.BodyTerms;
import dev.infermux.inbound.management.view.ManagementViews;
import dev.infermux.time.Time;
import io.vertx.core.Vertx;
import java.util.List;

/** All that the management API has. */
final class Endpoints {

  private Endpoints() {}

  /** Open to all, the page as far as it says itself. */
  public static List<ManagementEndpoint> open(Vertx vertx, ManagementViews views) {
    return List.of(
        new HealthEndpoint(), new ReadyEndpoint(views.gateway()), new PageEndpoint(vertx));
  }

  /**
   * What only operators may.
   *
   * @param terms of what is sent to them
   */
  public static List<ManagementEndpoint> guarded(
      ManagementViews views, BodyTerms terms, Time time) {
    OperatorBodies bodies = new OperatorBodies(terms, time.timers());
    Changes changes = new Changes(bodies);
    return List.of(
        new GatewayEndpoint(views.gateway()),
        new KeysEndpoint(views.keys(), changes),
        new BudgetsEndpoint(views.budgets(), changes),
        new LogLevelEndpoint(views.config(), changes),
        new ProvidersEndpoint(views.providers(), views.config()),
        new ConfigEndpoint(views.config(), views.providers(), changes),
        new ExplainEndpoint(views.route(), bodies, time),
        new CostsEndpoint(views.costs()),
        new RequestsEndpoint(views.requests()),
        new RecentSpendEndpoint(views.spend()),
        new TrafficEndpoint(views.traffic()),
        new NodesEndpoint(views.nodes(), new HolderReplies(views.holders()), changes),
        new EventsEndpoint(views.events(), terms.account(), time.timers()),
        new MetricsEndpoint(views.metrics()),
        new OpenApiEndpoint(views.gateway()));
  }
}
