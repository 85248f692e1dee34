package dev.infermux.assembly;

import dev.infermux.budget.BudgetQueries;
import dev.infermux.config.Config;
import dev.infermux.inbound.auth.ManagementAuthenticator;
import dev.infermux.inbound.http.HttpOptionsInForce;
import dev.infermux.inbound.http.LimitsOptions;
import dev.infermux.inbound.http.TlsOptions;
import dev.infermux.keys.VirtualKeys;
import dev.infermux.pipeline.CallInstruments;
import dev.infermux.pipeline.CallRules;
import dev.infermux.pipeline.RouterComponents;
import dev.infermux.pipeline.RulesInForce;
import dev.infermux.policy.budget.BudgetOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.List;

/**
 * What of a configuration is in force besides the providers, and how another one comes into force
 * in its place. Calls keep to what they met when they came in.
 *
 * @param rules of calls, from retries to prices
 * @param http what requests meet before they are calls
 * @param operators who may use the management API
 * @param instruments how many calls may be in flight, of all and of each caller
 * @param ledger what callers may spend
 * @param overlay budgets that were set while the gateway runs
 */
record SectionsInForce(
    Vertx vertx,
    HostServices services,
    ProviderNames names,
    CurrentPrices prices,
    RulesInForce rules,
    HttpOptionsInForce http,
    ManagementAuthenticator operators,
    CallInstruments instruments,
    BudgetQueries ledger,
    Cells cells,
    ListenerList listeners,
    LogControl log,
    VirtualKeys keys,
    BudgetOverlay overlay) {

  static SectionsInForce of(
      Vertx vertx, Config config, HostServices services, Cells cells, CurrentPrices prices) {
    RouterComponents router = cells.router();
    VirtualKeys keys =
        new VirtualKeys(config.http().auth().keysFile(), new SecureRandom(), router.time().clock());
    return new SectionsInForce(
        vertx,
        services,
        prices.names(),
        prices,
        router.rules(),
        new HttpOptionsInForce(config.http(), keys),
        services.operators(config),
        router.instruments(),
        new BudgetQueries(vertx, router.instance()),
        cells,
        new ListenerList(cells),
        new LogControl(services.reload(), config.log()),
        keys,
        new BudgetOverlay());
  }

  /** What an operator should know of the prices in force, one line each. */
  List<String> priceNotices(Config config) {
    return PriceNotices.of(config, cells.router().time(), prices, names);
  }

  /** Which models of one provider have no price, one line each. */
  List<String> unpriced(Config config, String provider) {
    return PriceNotices.unpriced(
        config,
        config.providers().stream().filter(one -> one.options().name().equals(provider)).toList(),
        prices.book(),
        names);
  }

  /** Reads the prices that a configuration names; fails when they cannot be used. */
  Future<ReadPrices> read(Config next) {
    return vertx.executeBlocking(() -> prices.read(next));
  }

  /** Has the listeners present its certificate; fails when that cannot be used. */
  Future<Void> certify(Config former, Config next) {
    TlsOptions tls = next.http().tls();
    return tls == null || tls.equals(former.http().tls())
        ? Future.succeededFuture()
        : listeners.certify(tls);
  }

  /** Has the ledger hold callers to what {@code next} allows them; completes when it does. */
  Future<Void> allow(Config former, Config next) {
    boolean sameCallers = next.http().auth().keys().equals(former.http().auth().keys());
    BudgetOptions budgets = budgets(next);
    return sameCallers && budgets.equals(rules.now().budgets())
        ? Future.succeededFuture()
        : ledger.reconfigure(budgets.withReserved(names));
  }

  /**
   * Has requests and calls that come from here on meet {@code next}.
   *
   * @param providers puts its providers in force: behind its prices, which they are ranked by, and
   *     before its rules, so that no call meets a provider that left before its prices did
   */
  void replace(Config former, Config next, ReadPrices read, Runnable providers) {
    prices.replace(read);
    providers.run();
    LimitsOptions limits = next.http().limits();
    instruments.admission().limit(limits.maxInFlight());
    instruments.buffered().limit(limits.bufferedBytes());
    LimitsOfCallers.of(next.http(), keys.limits()).putInForce(instruments.callers());
    operators.replace(services.management(next));
    rules.replace(new CallRules(next.routing(), budgets(next), prices.prices()));
    http.replace(next.http());
    if (!next.log().equals(former.log())) {
      log.replace(next.log());
    }
  }

  /** Those that were set, those of the configuration, those of keys for callers without. */
  private BudgetOptions budgets(Config config) {
    return overlay.over(config.budgets(), keys.budgets());
  }

  static CallRules rules(Config config, CurrentPrices prices) {
    return new CallRules(config.routing(), config.budgets(), prices.prices());
  }
}
