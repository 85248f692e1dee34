package dev.infermux.policy.routing;

import java.util.List;

/** How a provider is chosen and what follows when it fails. */
public record RoutingOptions(
    RoutingStrategy strategy,
    LeastLatencyOptions leastLatency,
    RetryOptions retry,
    FailoverOptions failover,
    ResponseModel responseModel,
    List<GroupOptions> groups) {

  private static final RoutingOptions DEFAULTS =
      new RoutingOptions(
          RoutingStrategy.ROUND_ROBIN,
          LeastLatencyOptions.defaults(),
          RetryOptions.defaults(),
          FailoverOptions.defaults(),
          ResponseModel.SERVED,
          List.of());

  public RoutingOptions {
    groups = List.copyOf(groups);
  }

  public static RoutingOptions defaults() {
    return DEFAULTS;
  }

  public RoutingOptions withStrategy(RoutingStrategy strategy) {
    return new RoutingOptions(strategy, leastLatency, retry, failover, responseModel, groups);
  }

  public RoutingOptions withLeastLatency(LeastLatencyOptions leastLatency) {
    return new RoutingOptions(strategy, leastLatency, retry, failover, responseModel, groups);
  }

  public RoutingOptions withRetry(RetryOptions retry) {
    return new RoutingOptions(strategy, leastLatency, retry, failover, responseModel, groups);
  }

  public RoutingOptions withFailover(FailoverOptions failover) {
    return new RoutingOptions(strategy, leastLatency, retry, failover, responseModel, groups);
  }

  public RoutingOptions withResponseModel(ResponseModel responseModel) {
    return new RoutingOptions(strategy, leastLatency, retry, failover, responseModel, groups);
  }

  public RoutingOptions withGroups(List<GroupOptions> groups) {
    return new RoutingOptions(strategy, leastLatency, retry, failover, responseModel, groups);
  }
}
