package dev.infermux.budget;

import dev.infermux.mist.LocalPayload;
import dev.infermux.policy.budget.ReservationRequest;

/** Asks whether a call may be made, and reserves the most that it can cost. */
record ReserveBudget(ReservationRequest request) implements LocalPayload {}
