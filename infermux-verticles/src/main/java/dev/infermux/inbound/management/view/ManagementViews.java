package dev.infermux.inbound.management.view;

/** All that the management API may see and turn. Every part is safe on any thread. */
public record ManagementViews(
    GatewayView gateway,
    ProvidersView providers,
    RouteView route,
    CostsView costs,
    HoldersView holders,
    RequestsView requests,
    TrafficView traffic,
    RecentSpendView spend,
    EventsView events,
    MetricsView metrics,
    ConfigView config,
    KeysView keys,
    BudgetsView budgets,
    NodesView nodes) {}
