package dev.infermux.events;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;
import dev.infermux.inference.Usd;
import dev.infermux.inference.record.AttemptCost;
import dev.infermux.inference.record.AttemptRecord;
import dev.infermux.inference.record.FinishedCall;
import dev.infermux.mist.MistType;
import dev.infermux.mist.Payload;
import dev.infermux.mist.json.JsonWriter;

/**
 * A provider charges for an attempt. The sum of these events is what was spent. Its JSON is made
 * only when asked for.
 *
 * @param number the attempt's place among the call's, from 1
 */
record ProviderCostEvent(FinishedCall call, int number, AttemptRecord attempt, AttemptCost charge)
    implements Payload {

  public static final String TYPE = MistType.EVENT_PROVIDER_COST;

  @Override
  public byte[] json() {
    Usage usage = charge.usage();
    Cost cost = charge.cost();
    JsonWriter json =
        EventJson.begin(call)
            .text("provider", attempt.provider())
            .text("model", attempt.model())
            .textIfAny("route_group", call.servedBy().group())
            .integer("attempt", number)
            .integer("tokens_in", usage.promptTokens())
            .integer("tokens_out", usage.completionTokens())
            .integer("tokens_cached", usage.cachedTokens())
            .integer("tokens_cache_write", usage.cacheWrite5m() + usage.cacheWrite1h())
            .integer("tokens_reasoning", usage.reasoning())
            .flag("estimated", usage.estimated());
    EventJson.usd(json, "cost_usd", cost.amount());
    json.text("cost_status", cost.status().wireName());
    if (usage.terms().billedNanos() >= 0) {
      EventJson.usd(json, "billed_usd", new Usd(usage.terms().billedNanos()));
    }
    EventJson.usd(json, "input_usd_per_million", cost.inputPerMillion());
    EventJson.usd(json, "output_usd_per_million", cost.outputPerMillion());
    return json.integer("started_ns", attempt.startedEpochNanos())
        .integer("latency_ms", EventJson.millis(attempt.durationNanos()))
        .end();
  }
}
