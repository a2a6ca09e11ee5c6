package dev.fargate.local.aws.robust;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.Struct;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes an input of a REST operation as a client does. */
record RestForm(ServiceModel model, ServiceModel.Operation operation, Struct input) {

  HttpRequest request(Map<String, String> headers) {
    ServiceModel.Http http = operation.http();
    if (operation.input().isEmpty()) {
      return new HttpRequest(http.method(), http.uri(), headers, new byte[0]);
    }
    Shape.Structure shape = model.structure(operation.input().get());
    String path = http.uri();
    List<String> pairs = new ArrayList<>();
    Struct body = Struct.of();
    for (Map.Entry<String, Object> entry : input.members().entrySet()) {
      Shape.Member member = shape.members().get(entry.getKey());
      String name = member.wireName(entry.getKey());
      switch (member.location()) {
        case URI -> path = path.replace("{" + name + "}", encoded(entry.getValue()));
        case QUERY_STRING -> pairs.addAll(pairs(name, entry.getValue()));
        case HEADER -> headers.put(name, String.valueOf(entry.getValue()));
        case BODY -> body.with(entry.getKey(), entry.getValue());
      }
    }
    String query = pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    return new HttpRequest(http.method(), path + query, headers, body(shape, body));
  }

  private byte[] body(Shape.Structure shape, Struct body) {
    if (shape.in(Shape.Location.BODY).members().isEmpty()) {
      return new byte[0];
    }
    if (model.metadata().protocol() == ServiceModel.Protocol.REST_JSON) {
      return WireForm.json(body);
    }
    String root = operation.inputElement().orElse(shape.name());
    return element(root, xml(shape, body)).getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> pairs(String name, Object value) {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    return values.stream().map(each -> name + "=" + encoded(each)).toList();
  }

  private String xml(Shape shape, Object value) {
    StringBuilder xml = new StringBuilder();
    if (shape instanceof Shape.Structure structure) {
      ((Struct) value)
          .members()
          .forEach(
              (name, member) -> {
                Shape.Member use = structure.members().get(name);
                xml.append(element(use.wireName(name), xml(model.shape(use.shape()), member)));
              });
    } else if (shape instanceof Shape.ListOf list) {
      for (Object item : (List<?>) value) {
        String text = xml(model.shape(list.member().shape()), item);
        xml.append(element(list.member().wireName("member"), text));
      }
    } else {
      String text = String.valueOf(value);
      xml.append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
    return xml.toString();
  }

  private static String element(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  private static String encoded(Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
