package dev.infermux.provider.http;

import dev.infermux.dialect.ProviderFailures;
import dev.infermux.memory.BufferedBytes;
import dev.infermux.network.ProxyServer;
import dev.infermux.time.Deadlines;
import dev.infermux.time.Ticker;
import dev.infermux.vertx.EventLoop;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * What all requests to one provider from one cell share: connections and deadlines, used on one
 * event loop only.
 *
 * @param ticker dates what is sent and heard
 * @param proxy that the connections go through; null = none
 * @param head from a call to the head of its answer, and once more to the end of a whole body
 * @param firstToken from a call to a stream's first token
 * @param maxAnswerBytes of a whole answer
 * @param buffered counts what is held of answers
 * @param shortages says what is wanting here
 * @param idle the longest silence of a stream
 * @param closing from a stream's last reason to end to its terminal event
 * @param linger from a stream's terminal event to the end of its connection's answer
 */
record Transport(
    Connections connections,
    EventLoop loop,
    @Nullable ProxyServer proxy,
    ProviderFailures failures,
    Ticker ticker,
    Deadlines head,
    FirstTokenLimits firstToken,
    int maxAnswerBytes,
    BufferedBytes buffered,
    ShortageLog shortages,
    Deadlines idle,
    Deadlines closing,
    Deadlines linger) {

  Future<Void> close() {
    loop.catchUp();
    head.close();
    idle.close();
    closing.close();
    linger.close();
    firstToken.close();
    return connections.close();
  }
}
