package dev.infermux.inference.record;

import dev.infermux.inference.Cost;
import dev.infermux.inference.Usage;

/** What a provider charges for one attempt. */
public record Charge(Usage usage, Cost cost) {}
