package dev.infermux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.infermux.BoundPorts;
import dev.infermux.config.Config;
import dev.infermux.network.Network;
import dev.infermux.tokentrace.TelemetryOptions;
import dev.infermux.tokentrace.TelemetryOptions.Otlp;
import dev.infermux.tokentrace.TelemetryOptions.Protocol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StartReportTest {

  private static final String COLLECTOR = "https://collector.test:4317";

  @Test
  void a_proxy_that_an_exporter_does_not_use_is_not_said_to_be_used() {
    assertThat(printed(Protocol.GRPC, "http://proxy.test:3128"))
        .contains(
            "telemetry to "
                + COLLECTOR
                + " directly, not through the proxy proxy.test:3128 (HTTPS_PROXY): OTLP over gRPC"
                + " knows none");
    assertThat(printed(Protocol.HTTP_PROTOBUF, "http://proxy.test:3128"))
        .contains("telemetry to " + COLLECTOR + " through the proxy proxy.test:3128 (HTTPS_PROXY)")
        .doesNotContain("without its credentials");
    assertThat(printed(Protocol.HTTP_PROTOBUF, "http://me:secret@proxy.test:3128"))
        .contains("(HTTPS_PROXY), without its credentials")
        .doesNotContain("secret");
  }

  private static String printed(Protocol protocol, String proxy) {
    Config config =
        Config.echo()
            .withTelemetry(TelemetryOptions.defaults().withOtlp(Otlp.at(COLLECTOR, protocol)));
    StringWriter out = new StringWriter();
    new StartReport(
            Optional.empty(),
            config,
            new BoundPorts(0, null, null),
            Map.of(),
            Network.of(Map.of("HTTPS_PROXY", proxy), new Properties()),
            "nio")
        .print(new PrintWriter(out));
    return out.toString();
  }
}
