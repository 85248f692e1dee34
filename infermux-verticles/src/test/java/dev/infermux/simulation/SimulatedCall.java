package dev.infermux.simulation;

import dev.infermux.inference.FailureClass;
import dev.infermux.policy.circuit.Permit;
import dev.infermux.policy.routing.RetryDecision;
import dev.infermux.policy.routing.selection.CallFacts;
import dev.infermux.provider.guard.ProviderState;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One call in virtual time: what the pipeline's failover and the guard of a provider do, without
 * their futures. Calls are not streamed and nobody hangs up.
 */
final class SimulatedCall {

  private final SimulatedGateway gateway;
  private final CallFacts facts;
  private final long completionTokens;
  private final Duration started;
  private final Set<String> tried = new LinkedHashSet<>();
  private int provider;
  private int retries;
  private int attempts;

  private SimulatedCall(SimulatedGateway gateway, CallFacts facts, long completionTokens) {
    this.gateway = gateway;
    this.facts = facts;
    this.completionTokens = completionTokens;
    this.started = gateway.time().elapsed();
  }

  static void begin(SimulatedGateway gateway, CallFacts facts, long completionTokens) {
    new SimulatedCall(gateway, facts, completionTokens).elsewhere();
  }

  private void elsewhere() {
    int most = gateway.setup().routing().failover().mostProviders();
    provider = tried.size() < most ? gateway.next(facts, tried) : -1;
    if (provider < 0) {
      gateway.tally().failed(age());
      return;
    }
    retries = 0;
    attempt();
  }

  private void attempt() {
    Permit permit = standing().circuit().enter();
    if (permit == null) {
      tried.remove(standing().provider());
      elsewhere();
      return;
    }
    attempts++;
    ScriptedProvider asked = gateway.provider(provider);
    gateway.tally().attempt(asked.script(), now());
    ScriptedProvider.Reply reply = limited(permit, asked.call(now()));
    gateway.time().after(reply.after(), () -> replied(permit, reply));
  }

  /** The guard gives a probe no more than its time. */
  private ScriptedProvider.Reply limited(Permit permit, ScriptedProvider.Reply reply) {
    Duration limit = gateway.setup().circuit().probeTimeout();
    return permit.probe() && reply.after().compareTo(limit) > 0
        ? new ScriptedProvider.Reply(limit, FailureClass.SILENCE, null)
        : reply;
  }

  private void replied(Permit permit, ScriptedProvider.Reply reply) {
    Script script = gateway.provider(provider).script();
    FailureClass failure = reply.failure();
    gateway.tally().attemptEnded(script, now(), failure);
    if (failure == null) {
      standing().latency().record(reply.after().toNanos());
      permit.succeeded(reply.after().toNanos());
      long cost = script.nanoDollars(facts.promptTokens(), completionTokens);
      gateway.tally().answered(script, age(), attempts, cost);
      return;
    }
    if (failure == FailureClass.RATE_LIMITED) {
      if (reply.retryAfter() != null) {
        standing().rateLimiter().closeFor(reply.retryAfter());
      }
      permit.ignored();
    } else {
      permit.failed();
    }
    repair(gateway.remedies().after(failure, reply.retryAfter(), retries, gateway.jitter()));
  }

  private void repair(RetryDecision decision) {
    if (decision instanceof RetryDecision.Retry retry) {
      if (standing().circuit().exclusion() == null) {
        retries++;
        gateway.time().after(retry.pause(), this::attempt);
        return;
      }
    } else if (decision instanceof RetryDecision.Surface) {
      gateway.tally().failed(age());
      return;
    }
    elsewhere();
  }

  private ProviderState standing() {
    return gateway.standing(provider);
  }

  private Duration now() {
    return gateway.time().elapsed();
  }

  private Duration age() {
    return now().minus(started);
  }
}
