package dev.fargate.phoenix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The HTML pages: templates from the jar with their {@code {{places}}} filled; everything filled in
 * is escaped.
 */
final class Pages {
  private static final String STYLE = resource("style.css");

  private Pages() {}

  /** The list of endpoints, each with a button to try it. */
  static String index(Settings settings, List<Endpoint> endpoints) {
    String row = resource("endpoint.html");
    StringBuilder rows = new StringBuilder();
    for (Endpoint endpoint : endpoints) {
      rows.append(
          row.replace("{{path}}", escaped(endpoint.path()))
              .replace("{{description}}", escaped(endpoint.description())));
    }
    return page(settings, "Phoenix", resource("index.html").replace("{{endpoints}}", rows));
  }

  /** A certificate and its key. */
  static String certificate(Settings settings, Certificate certificate) {
    StringBuilder rows = new StringBuilder();
    certificate
        .asMap()
        .forEach(
            (name, value) ->
                rows.append("<dt>")
                    .append(escaped(name))
                    .append("</dt><dd><pre>")
                    .append(escaped(value.toString()))
                    .append("</pre></dd>\n"));
    return page(
        settings,
        "Certificate",
        "<dl>" + rows + "</dl>\n<p><a href=\"/\">Back to the list</a></p>\n");
  }

  /** The text as HTML content or as a quoted attribute. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String page(Settings settings, String title, String body) {
    return resource("page.html")
        .replace("{{title}}", escaped(title))
        .replace("{{style}}", STYLE)
        .replace("{{version}}", escaped(settings.version()))
        .replace("{{instance}}", escaped(settings.instance()))
        .replace("{{body}}", body);
  }

  private static String resource(String name) {
    try (InputStream file = Pages.class.getResourceAsStream("/pages/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page " + name + " is missing from the jar", e);
    }
  }
}
