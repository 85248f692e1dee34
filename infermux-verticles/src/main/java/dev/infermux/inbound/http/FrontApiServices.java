package dev.infermux.inbound.http;

import dev.infermux.inbound.ListedProvider;
import dev.infermux.mist.HealthPong;
import java.util.List;
import java.util.function.Supplier;

/**
 * What front APIs are made with.
 *
 * @param options in force
 * @param providers the providers of the moment, in declared order
 * @param pong the answer to a health ping
 * @param startedSeconds since when the models are offered, in seconds since the epoch
 */
public record FrontApiServices(
    HttpOptionsInForce options,
    Supplier<List<ListedProvider>> providers,
    Supplier<HealthPong> pong,
    long startedSeconds) {

  long maxBodyBytes() {
    return options.maxBodyBytes();
  }
}
