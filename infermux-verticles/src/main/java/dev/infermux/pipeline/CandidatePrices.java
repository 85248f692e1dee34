package dev.infermux.pipeline;

import dev.infermux.inference.BodyFacts;
import dev.infermux.policy.budget.UnitPrice;
import dev.infermux.policy.routing.Candidate;
import java.util.List;

/** The prices of those who may serve a call, those who have joined since it came in included. */
record CandidatePrices(Pricing met) {

  /** Whether a candidate's provider was there when the call came in. */
  boolean foresaw(Candidate candidate) {
    return of(candidate) == met;
  }

  /** Whether a hard limit holds at a candidate. */
  boolean bounds(Candidate candidate) {
    return of(candidate).bounds(candidate.provider(), candidate.model());
  }

  /** The longest completion that a candidate's model gives; 0 where it is not known. */
  int mostOutput(Candidate candidate) {
    return of(candidate).mostOutput(candidate.provider(), candidate.model());
  }

  /** The most that the tokens of such a call can cost at a candidate. */
  UnitPrice bound(Candidate candidate, long prompt, BodyFacts facts) {
    return of(candidate).bound(candidate.provider(), candidate.model(), prompt, facts);
  }

  /** The same at the dearest of them. */
  UnitPrice dearest(List<Candidate> candidates, long prompt, BodyFacts facts) {
    UnitPrice dearest = UnitPrice.FREE;
    for (Candidate candidate : candidates) {
      dearest = dearest.or(bound(candidate, prompt, facts));
    }
    return dearest;
  }

  private Pricing of(Candidate candidate) {
    return met.of(candidate.provider());
  }
}
