package dev.infermux.keys;

import dev.infermux.policy.budget.BudgetAction;
import dev.infermux.policy.budget.CallerBudget;
import dev.infermux.policy.ratelimit.CallerLimitOptions;
import dev.infermux.policy.ratelimit.RateLimitOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as JSON, in the file and in lists: the same but for the digest. */
public final class KeyJson {

  private static final String DIGEST = "sha256";

  private KeyJson() {}

  /** Without what would let somebody find the key out. */
  public static JsonObject shown(VirtualKey key) {
    KeyRequest terms = key.terms();
    JsonObject json =
        new JsonObject()
            .put("id", key.id())
            .put("hint", key.hint())
            .put("caller", terms.caller())
            .put("project", terms.project())
            .put("env", terms.env())
            .put("models", new JsonArray(terms.models()))
            .put("created_at", key.createdAt().toString());
    Instant end = terms.expiresAt();
    json.put("expires_at", end == null ? null : end.toString());
    CallerLimitOptions limits = terms.limits();
    json.put("limits", limits == null ? null : limits(limits));
    CallerBudget budget = terms.budget();
    return json.put("budget", budget == null ? null : budget(budget));
  }

  /** As it is stored. */
  public static JsonObject kept(VirtualKey key) {
    return shown(key).put(DIGEST, key.digest());
  }

  /**
   * A stored key.
   *
   * @throws RuntimeException when it is none
   */
  public static VirtualKey read(JsonObject json) {
    String caller = json.getString("caller");
    String end = json.getString("expires_at");
    JsonObject limits = json.getJsonObject("limits");
    JsonObject budget = json.getJsonObject("budget");
    List<String> models = json.getJsonArray("models").stream().map(String::valueOf).toList();
    return new VirtualKey(
        json.getString("id"),
        json.getString(DIGEST),
        json.getString("hint"),
        Instant.parse(json.getString("created_at")),
        new KeyRequest(
            caller,
            json.getString("project"),
            json.getString("env"),
            models,
            end == null ? null : Instant.parse(end),
            limits == null ? null : limits(limits),
            budget == null ? null : budget(caller, budget)));
  }

  private static JsonObject limits(CallerLimitOptions limits) {
    RateLimitOptions rates = limits.rates();
    boolean endless = limits.maxInFlight() == CallerLimitOptions.UNLIMITED;
    return new JsonObject()
        .put("requests_per_minute", limit(rates.requestsPerMinute()))
        .put("tokens_per_minute", limit(rates.tokensPerMinute()))
        .put("max_in_flight", endless ? null : limits.maxInFlight());
  }

  private static CallerLimitOptions limits(JsonObject json) {
    return new CallerLimitOptions(
        new RateLimitOptions(
            limit(json, "requests_per_minute", RateLimitOptions.UNLIMITED),
            limit(json, "tokens_per_minute", RateLimitOptions.UNLIMITED)),
        Math.toIntExact(limit(json, "max_in_flight", CallerLimitOptions.UNLIMITED)));
  }

  /** What is not limited is written as null, which a default of {@code getLong} is not for. */
  private static long limit(JsonObject json, String name, long unlimited) {
    Long limit = json.getLong(name);
    return limit == null ? unlimited : limit;
  }

  private static @Nullable Long limit(long limit) {
    return limit == RateLimitOptions.UNLIMITED ? null : limit;
  }

  /** A budget without its caller. */
  public static JsonObject budget(CallerBudget budget) {
    return new JsonObject()
        .put("monthly_usd", budget.monthlyUsd().toPlainString())
        .put("action", budget.action().wireName())
        .put("model_override", budget.modelOverride());
  }

  /**
   * A stored budget.
   *
   * @throws RuntimeException when it is none
   */
  public static CallerBudget budget(String caller, JsonObject json) {
    BudgetAction action =
        Arrays.stream(BudgetAction.values())
            .filter(one -> one.wireName().equals(json.getString("action")))
            .findFirst()
            .orElseThrow();
    return new CallerBudget(
        caller,
        new BigDecimal(json.getString("monthly_usd")),
        action,
        json.getString("model_override"));
  }
}
