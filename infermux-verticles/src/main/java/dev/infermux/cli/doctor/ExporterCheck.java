package dev.infermux.cli.doctor;

import dev.infermux.config.Config;
import dev.infermux.exporter.ExporterOptions;
import dev.infermux.exporter.ExporterProbe;
import java.util.List;

/** Whether the classes of exporters are there. None of their code runs. */
final class ExporterCheck {

  private ExporterCheck() {}

  static List<Finding> findings(Config config) {
    return config.exporters().stream().map(ExporterCheck::finding).toList();
  }

  private static Finding finding(ExporterOptions exporter) {
    String check = exporter.origin();
    try {
      ExporterProbe.check(exporter);
      return Finding.ok(check, exporter.className() + " is there");
    } catch (IllegalArgumentException unusable) {
      String text = String.valueOf(unusable.getMessage());
      return Finding.fail(check, text.replace(check + ": ", ""));
    }
  }
}
