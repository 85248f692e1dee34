package dev.infermux.cli.doctor;

import dev.infermux.config.Config;
import dev.infermux.config.ProviderEntry;
import dev.infermux.network.CauseText;
import dev.infermux.network.Network;
import dev.infermux.network.NetworkOptions;
import dev.infermux.network.ProxyServer;
import dev.infermux.network.TlsFailure;
import dev.infermux.provider.ProviderOptions;
import dev.infermux.tokentrace.TelemetryOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The way to other hosts: names, proxies, certificates, and whose clock is right. */
final class PeerCheck {

  private static final long PATIENCE_SECONDS = 5;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Duration MOST_SKEW = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Network network;
  private final InstantSource clock;

  PeerCheck(Vertx vertx, Network network, InstantSource clock) {
    this.vertx = vertx;
    this.network = network;
    this.clock = clock;
  }

  /** Of all hosts of this configuration, at the same time. */
  Future<List<Finding>> findings(Config config) {
    List<Future<List<Finding>>> all = peers(config).stream().map(this::of).toList();
    return Future.join(all)
        .transform(
            joined -> {
              List<Finding> found = new ArrayList<>();
              all.stream().filter(Future::succeeded).forEach(one -> found.addAll(one.result()));
              return Future.succeededFuture(found);
            });
  }

  /** Each host once. */
  static List<CalledHost> peers(Config config) {
    Map<String, CalledHost> peers = new LinkedHashMap<>();
    for (ProviderEntry entry : config.providers()) {
      ProviderOptions options = entry.options();
      if (options.type().remote()) {
        CalledHost peer =
            new CalledHost(
                "provider " + options.name(), options.baseUrl(), options.network(), true);
        peers.putIfAbsent(peer.shown(), peer);
      }
    }
    TelemetryOptions telemetry = config.telemetry();
    TelemetryOptions.Otlp otlp = telemetry.otlp();
    if (otlp != null) {
      boolean http = otlp.protocol() != TelemetryOptions.Protocol.GRPC;
      add(peers, "telemetry.otlp", otlp.endpoint(), http);
    }
    TelemetryOptions.TokenTrace tokentrace = telemetry.tokentrace();
    if (tokentrace != null) {
      add(peers, "telemetry.tokentrace", tokentrace.url(), true);
    }
    return List.copyOf(peers.values());
  }

  private static void add(Map<String, CalledHost> peers, String name, URI url, boolean http) {
    if (url.getHost() != null) {
      CalledHost peer = new CalledHost(name, url, NetworkOptions.defaults(), http);
      peers.putIfAbsent(peer.shown(), peer);
    }
  }

  private Future<List<Finding>> of(CalledHost peer) {
    String check = peer.name() + " at " + peer.shown();
    NetworkOptions way;
    try {
      way = network.reach(peer.url(), peer.own());
    } catch (IllegalArgumentException unusable) {
      String text = String.valueOf(unusable.getMessage());
      return Future.succeededFuture(List.of(Finding.fail(check, text)));
    }
    ProxyServer proxy = way.proxy();
    String through = proxy == null ? "" : " through the proxy " + proxy;
    return (proxy == null ? resolved(peer) : Future.succeededFuture())
        .compose(
            known ->
                peer.http()
                    ? asked(peer, way).map(response -> clock(check, response, through))
                    : connected(peer).map(socket -> Finding.ok(check, "is reached")))
        .map(List::of)
        .otherwise(cause -> List.of(Finding.fail(check, why(cause) + through)));
  }

  private Future<?> resolved(CalledHost peer) {
    return vertx.executeBlocking(() -> InetAddress.getAllByName(peer.url().getHost()), false);
  }

  /** Any answer will do, and no key goes along. */
  private Future<HttpClientResponse> asked(CalledHost peer, NetworkOptions way) {
    HttpClientOptions options =
        new HttpClientOptions().setSsl("https".equalsIgnoreCase(peer.url().getScheme()));
    way.applyTo(options);
    RequestOptions request =
        new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(peer.shown() + "/");
    HttpClient client = vertx.createHttpClient(options);
    return client
        .request(request)
        .compose(sent -> sent.send())
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onComplete(asked -> client.close());
  }

  private Future<?> connected(CalledHost peer) {
    int usual = "https".equals(peer.url().getScheme()) ? HTTPS : HTTP;
    int port = peer.url().getPort() < 0 ? usual : peer.url().getPort();
    NetClient client = vertx.createNetClient();
    return client
        .connect(port, peer.url().getHost())
        .compose(NetSocket::close)
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onComplete(asked -> client.close());
  }

  private Finding clock(String check, HttpClientResponse response, String through) {
    String date = response.getHeader("Date");
    if (date == null) {
      return Finding.ok(check, "is reached" + through);
    }
    try {
      Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration skew = Duration.between(there, clock.instant());
      return skew.abs().compareTo(MOST_SKEW) > 0
          ? Finding.warn(
              check,
              "is reached"
                  + through
                  + "; this machine's clock is "
                  + skew.abs().toSeconds()
                  + (skew.isNegative() ? " s behind" : " s ahead of")
                  + " its own (expected: 30 s at most; see to NTP)")
          : Finding.ok(check, "is reached" + through + "; clocks agree");
    } catch (DateTimeException noDate) {
      return Finding.ok(check, "is reached" + through);
    }
  }

  private static String why(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "its name is not known (see to DNS, or to base_url)";
    }
    if (cause instanceof TimeoutException) {
      return "no answer within " + PATIENCE_SECONDS + " s (see to firewalls and proxies)";
    }
    if (cause instanceof SSLException refused) {
      return TlsFailure.reason(refused, "tls.ca_file of the provider");
    }
    return cause instanceof HttpClosedException
        ? "closed the connection (https:// instead of http://?)"
        : "is not reached: " + CauseText.of(cause);
  }
}
