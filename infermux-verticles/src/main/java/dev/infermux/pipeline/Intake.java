package dev.infermux.pipeline;

import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.Witness;

/** What every call meets at the head of the line, and again at its end. Safe on any thread. */
public record Intake(CallTracer tracer, Witness witness, Admission admission) {}
