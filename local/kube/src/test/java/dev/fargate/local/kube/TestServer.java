package dev.fargate.local.kube;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.Json;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A server with the Widget definition in it, and ways to talk to it. */
final class TestServer implements AutoCloseable {
  static final String WIDGETS = "/apis/test.fargate.dev/v1/namespaces/default/widgets";

  private final KubeServer server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  TestServer() {
    try {
      server = KubeServer.start(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    expect(
        201,
        send(
            "POST",
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            resource("/widgets.yaml")));
  }

  KubeServer server() {
    return server;
  }

  /** A client of its own; the test closes it. */
  KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(server.url())
            .withNamespace("default")
            .withHttp2Disable(true)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** A raw call with a JSON or YAML body. */
  Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer create(String path, String body) {
    return send("POST", path, body, "Content-Type", "application/json");
  }

  Answer merge(String path, String body) {
    return send("PATCH", path, body, "Content-Type", "application/merge-patch+json");
  }

  /** Server-side apply by a manager. */
  Answer apply(String path, String manager, String body) {
    String mark = path.contains("?") ? "&" : "?";
    return send(
        "PATCH",
        path + mark + "fieldManager=" + manager,
        body,
        "Content-Type",
        "application/apply-patch+yaml");
  }

  /** A raw answer. */
  record Answer(int code, String text, HttpResponse<String> response) {
    ObjectNode object() {
      return Json.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A value by JSON pointer, empty when missing. */
    String at(String pointer) {
      return object().at(pointer).asText("");
    }
  }

  static Answer expect(int code, Answer answer) {
    if (answer.code() != code) {
      throw new AssertionError(
          "expected " + code + ", got " + answer.code() + ": " + answer.text());
    }
    return answer;
  }

  static String resource(String name) {
    try (var in = TestServer.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Widget's JSON. */
  static String widget(String name, String spec) {
    return "{\"apiVersion\":\"test.fargate.dev/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\""
        + name
        + "\"},\"spec\":{"
        + spec
        + "}}";
  }

  @Override
  public void close() {
    server.close();
  }
}
