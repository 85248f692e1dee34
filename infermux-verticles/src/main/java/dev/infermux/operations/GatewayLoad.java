package dev.infermux.operations;

import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

/**
 * How busy the gateway is.
 *
 * @param inFlight counts the calls being served now
 * @param lagSeconds how late the latest event loop is
 */
public record GatewayLoad(IntSupplier inFlight, DoubleSupplier lagSeconds) {}
