package dev.infermux.config.block;

import dev.infermux.config.schema.Choices;
import dev.infermux.config.schema.Durations;
import dev.infermux.config.schema.Key;
import dev.infermux.config.schema.Numbers;
import dev.infermux.config.schema.Part;
import dev.infermux.config.schema.Shape.Block;
import dev.infermux.config.schema.Shape.ListOf;
import dev.infermux.config.schema.Texts;
import dev.infermux.config.tree.Fields;
import dev.infermux.policy.routing.FailoverOptions;
import dev.infermux.policy.routing.LeastLatencyOptions;
import dev.infermux.policy.routing.MidStream;
import dev.infermux.policy.routing.ResponseModel;
import dev.infermux.policy.routing.RetryOptions;
import dev.infermux.policy.routing.RoutingOptions;
import dev.infermux.policy.routing.RoutingStrategy;
import java.time.Duration;
import java.util.List;

/** {@code routing}: how a provider is chosen, and what follows a failure. */
public final class RoutingBlock {
  private static final RoutingOptions DEFAULTS = RoutingOptions.defaults();

  private static final Key<RoutingStrategy> STRATEGY =
      Key.of(
          "strategy",
          Choices.of(List.of(RoutingStrategy.values()), RoutingStrategy::wireName),
          DEFAULTS.strategy(),
          "How one of the eligible providers is chosen.");

  private static final Key<Double> EWMA_DECAY =
      Key.of(
          "ewma_decay",
          Numbers.share(),
          DEFAULTS.leastLatency().ewmaDecay(),
          "Weight of the newest sample.");
  private static final Key<Integer> MIN_SAMPLES =
      Key.of(
          "min_samples",
          Numbers.whole(0),
          DEFAULTS.leastLatency().minSamples(),
          "Samples below which a provider is preferred, so that it gets measured.");
  private static final Block LEAST_LATENCY_BLOCK = Block.of(EWMA_DECAY, MIN_SAMPLES);
  private static final Part LEAST_LATENCY =
      Part.of("least_latency", LEAST_LATENCY_BLOCK, "How `least_latency` measures.");

  private static final Key<Integer> ATTEMPTS =
      Key.of(
          "attempts",
          Numbers.whole(0),
          DEFAULTS.retry().attempts(),
          "Further tries at the same provider; 0 = none.");
  private static final Key<Duration> BACKOFF =
      Key.of(
          "backoff",
          Durations.positive(),
          DEFAULTS.retry().backoff(),
          "Mean pause before a retry; it is jittered.");
  private static final Key<Duration> MAX_RETRY_AFTER =
      Key.of(
          "max_retry_after",
          Durations.positive(),
          DEFAULTS.retry().maxRetryAfter(),
          "Longest `Retry-After` that is waited for.");
  private static final Block RETRY_BLOCK = Block.of(ATTEMPTS, BACKOFF, MAX_RETRY_AFTER);
  private static final Part RETRY =
      Part.of("retry", RETRY_BLOCK, "Trying the same provider again.");

  private static final Key<Boolean> ENABLED =
      Key.of(
          "enabled",
          Texts.flag(),
          DEFAULTS.failover().enabled(),
          "Whether other providers are tried at all.");
  private static final Key<Integer> MAX_ATTEMPTS =
      Key.of(
          "max_attempts",
          Numbers.whole(1),
          DEFAULTS.failover().maxAttempts(),
          "Providers tried for one call, the first included.");
  private static final Key<MidStream> MID_STREAM =
      Key.of(
          "mid_stream",
          Choices.of(List.of(MidStream.values()), MidStream::wireName),
          DEFAULTS.failover().midStream(),
          "After a stream was cut: an error event, another provider (`prefill`) goes on, or where"
              + " none can, one writes the answer anew.");
  private static final Block FAILOVER_BLOCK = Block.of(ENABLED, MAX_ATTEMPTS, MID_STREAM);
  private static final Part FAILOVER =
      Part.of("failover", FAILOVER_BLOCK, "Trying another provider.");

  private static final Key<ResponseModel> RESPONSE_MODEL =
      Key.of(
          "response_model",
          Choices.of(List.of(ResponseModel.values()), ResponseModel::wireName),
          DEFAULTS.responseModel(),
          "Whether an answer names the model that served it or the one that was asked for.");
  private static final Part GROUPS =
      Part.of(
          "groups",
          new ListOf(GroupBlock.BLOCK),
          "Models that are routed in a way of their own; the first that lists a model counts.");

  public static final Block BLOCK =
      Block.of(STRATEGY, LEAST_LATENCY, RETRY, FAILOVER, RESPONSE_MODEL, GROUPS);

  private RoutingBlock() {}

  /**
   * Reads the block and its groups.
   *
   * @param providers the names that groups may refer to
   */
  public static RoutingOptions read(Fields fields, List<String> providers) {
    Fields leastLatency = fields.at(LEAST_LATENCY).fields(LEAST_LATENCY_BLOCK);
    Fields retry = fields.at(RETRY).fields(RETRY_BLOCK);
    Fields failover = fields.at(FAILOVER).fields(FAILOVER_BLOCK);
    return new RoutingOptions(
        fields.get(STRATEGY),
        new LeastLatencyOptions(leastLatency.get(EWMA_DECAY), leastLatency.get(MIN_SAMPLES)),
        new RetryOptions(retry.get(ATTEMPTS), retry.get(BACKOFF), retry.get(MAX_RETRY_AFTER)),
        new FailoverOptions(
            failover.get(ENABLED), failover.get(MAX_ATTEMPTS), failover.get(MID_STREAM)),
        fields.get(RESPONSE_MODEL),
        GroupBlock.readAll(fields.at(GROUPS), providers));
  }
}
