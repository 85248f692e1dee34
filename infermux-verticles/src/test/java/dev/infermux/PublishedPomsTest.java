package dev.infermux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What Maven Central asks of a POM; {@code .ci/release} looks at those that are published. */
class PublishedPomsTest {

  private static final Path ROOT = Path.of("..");
  private static final List<String> OWN = List.of("name", "description");
  private static final List<String> SHARED =
      List.of(
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "scm/url",
          "scm/connection");

  @Test
  void each_module_has_a_name_and_a_description_and_the_rest_of_its_parent() throws Exception {
    Document parent = pom("");
    assertThat(missing(parent, SHARED)).isEmpty();

    for (String module : published(parent)) {
      Document pom = pom(module);
      assertThat(missing(pom, OWN)).as(module).isEmpty();
      if (text(pom, "parent/artifactId").isEmpty()) {
        assertThat(missing(pom, SHARED)).as(module).isEmpty();
        assertThat(text(pom, "properties/repository.url"))
            .isEqualTo(text(parent, "properties/repository.url"));
      }
    }
  }

  /** Those that are no tests and no measurements. */
  private static List<String> published(Document parent) throws Exception {
    NodeList modules =
        (NodeList) xpath().evaluate("/project/modules/module", parent, XPathConstants.NODESET);
    List<String> published = new ArrayList<>();
    for (int i = 0; i < modules.getLength(); i++) {
      String module = modules.item(i).getTextContent();
      if (!module.equals("benchmarks") && !module.endsWith("/clients")) {
        published.add(module);
      }
    }
    assertThat(published).contains("infermux-bom", "mist-protocol", "infermux-verticles");
    return published;
  }

  private static List<String> missing(Document pom, List<String> paths) throws Exception {
    List<String> missing = new ArrayList<>();
    for (String path : paths) {
      if (text(pom, path).isEmpty()) {
        missing.add(path);
      }
    }
    return missing;
  }

  private static String text(Document pom, String path) throws Exception {
    return xpath().evaluate("/project/" + path, pom).strip();
  }

  private static XPath xpath() {
    return XPathFactory.newInstance().newXPath();
  }

  private static Document pom(String module) throws Exception {
    try (var in = Files.newInputStream(ROOT.resolve(module).resolve("pom.xml"))) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    }
  }
}
