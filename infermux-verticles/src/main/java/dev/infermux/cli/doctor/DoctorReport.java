package dev.infermux.cli.doctor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** All findings, for people and for programs. */
record DoctorReport(List<Finding> findings) {

  DoctorReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing has failed. */
  boolean works() {
    return count(Finding.Status.FAIL) == 0;
  }

  /** One line a finding, and one that sums up. */
  String text() {
    int width = findings.stream().mapToInt(one -> one.check().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Finding one : findings) {
      String line = "%-4s  %-" + Math.max(1, Math.min(width, 48)) + "s  %s%n";
      text.append(line.formatted(word(one), one.check(), one.text().replace("\n", "; ")));
    }
    return text.append(sum()).append('\n').toString();
  }

  String json() {
    JsonArray rows = new JsonArray();
    for (Finding one : findings) {
      rows.add(
          new JsonObject()
              .put("status", word(one))
              .put("check", one.check())
              .put("finding", one.text()));
    }
    return new JsonObject().put("works", works()).put("checks", rows).encodePrettily() + "\n";
  }

  private static String word(Finding one) {
    return one.status().name().toLowerCase(Locale.ROOT);
  }

  private String sum() {
    long failed = count(Finding.Status.FAIL);
    long doubtful = count(Finding.Status.WARN);
    if (failed > 0) {
      return failed + " of " + findings.size() + " checks failed";
    }
    return doubtful == 0 ? "all is well" : "it works; " + doubtful + " to look at";
  }

  private long count(Finding.Status status) {
    return findings.stream().filter(one -> one.status() == status).count();
  }
}
