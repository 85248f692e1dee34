package dev.infermux.pipeline;

import dev.infermux.inference.record.CallTracer;
import dev.infermux.inference.record.ContentCapture;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.policy.ratelimit.CallerLimits;
import dev.infermux.spi.CallListener;

/** What every call meets at the head of the line, and again at its end. Safe on any thread. */
public record CallInstruments(
    CallTracer tracer,
    CallListener listener,
    Admission admission,
    CallerLimits callers,
    ContentCapture capture,
    BufferedBytes buffered) {}
