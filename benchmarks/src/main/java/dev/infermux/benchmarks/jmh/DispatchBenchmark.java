package dev.infermux.benchmarks.jmh;

import dev.infermux.inbound.http.CellDispatcher;
import dev.infermux.inbound.http.FrontApiServices;
import dev.infermux.inbound.http.HttpApi;
import dev.infermux.inbound.http.HttpOptions;
import dev.infermux.inbound.http.HttpOptionsInForce;
import dev.infermux.mist.HealthPong;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs to find the route of a request in the API, and in a map as a measure; serving it is
 * left out. One request from a real socket is asked again and again. The first route is {@code
 * /v1/chat/completions}, the last but one {@code /mist}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DispatchBenchmark {

  @Param({"/v1/chat/completions", "/mist"})
  public String path = "";

  private final Vertx vertx = Vertx.vertx();
  private Runnable routed = () -> {};
  private Runnable lookedUp = () -> {};

  @Setup
  public void start(Blackhole blackhole) {
    CellDispatcher served = (asked, work) -> blackhole.consume(work);
    HttpApi api =
        new HttpApi(
            vertx,
            new FrontApiServices(
                new HttpOptionsInForce(HttpOptions.defaults()),
                List::of,
                () -> new HealthPong("bench", "1", 0),
                0),
            served,
            null);
    Handler<HttpServerRequest> found = blackhole::consume;
    Map<String, Handler<HttpServerRequest>> paths =
        Map.of("/v1/chat/completions", found, "/mist", found);
    HttpServerRequest request = received();
    routed = () -> api.handle(request);
    lookedUp = () -> paths.getOrDefault(request.path(), api).handle(request);
  }

  private HttpServerRequest received() {
    Promise<HttpServerRequest> received = Promise.promise();
    int port =
        vertx.createHttpServer().requestHandler(received::complete).listen(0).await().actualPort();
    vertx
        .createHttpClient()
        .request(HttpMethod.POST, port, "localhost", path)
        .compose(HttpClientRequest::send);
    return received.future().await();
  }

  @TearDown
  public void stop() {
    vertx.close().await();
  }

  @Benchmark
  public void routed() {
    routed.run();
  }

  @Benchmark
  public void lookedUp() {
    lookedUp.run();
  }
}
