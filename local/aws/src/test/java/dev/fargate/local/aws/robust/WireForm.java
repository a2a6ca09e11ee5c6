package dev.fargate.local.aws.robust;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.Struct;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes inputs as a client does, for tests that make inputs no SDK would. */
final class WireForm {
  private WireForm() {}

  static HttpRequest request(ServiceModel model, ServiceModel.Operation operation, Struct input) {
    ServiceModel.Metadata meta = model.metadata();
    Map<String, String> headers = new HashMap<>();
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-central-1/"
            + meta.signingName()
            + "/aws4_request, SignedHeaders=host, Signature=none");
    byte[] body;
    if (meta.protocol() == ServiceModel.Protocol.REST_JSON
        || meta.protocol() == ServiceModel.Protocol.REST_XML) {
      return new RestForm(model, operation, input).request(headers);
    }
    if (meta.protocol() == ServiceModel.Protocol.JSON) {
      headers.put("X-Amz-Target", meta.targetPrefix() + "." + operation.name());
      body = json(input);
    } else {
      headers.put("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
      List<String> pairs = new ArrayList<>();
      pairs.add("Action=" + operation.name());
      pairs.add("Version=" + meta.apiVersion());
      if (operation.input().isPresent()) {
        form(model, model.structure(operation.input().get()), input, "", pairs);
      }
      body = String.join("&", pairs).getBytes(StandardCharsets.UTF_8);
    }
    return new HttpRequest("POST", "/", headers, body);
  }

  static byte[] json(Struct input) {
    try {
      return new ObjectMapper().writeValueAsBytes(plain(input));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Struct struct) {
      return plain(struct.members());
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(k, plain(v)));
      return copy;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(WireForm::plain).toList();
    }
    return value instanceof Instant time ? (Object) time.getEpochSecond() : value;
  }

  private static void form(
      ServiceModel model, Shape shape, Object value, String path, List<String> pairs) {
    boolean ec2 = model.metadata().protocol() == ServiceModel.Protocol.EC2;
    if (shape instanceof Shape.Structure structure) {
      ((Struct) value)
          .members()
          .forEach(
              (name, member) -> {
                Shape.Member use = structure.members().get(name);
                String key = ec2 ? ec2Name(name, use) : use.locationName().orElse(name);
                form(model, model.shape(use.shape()), member, path + "." + key, pairs);
              });
    } else if (shape instanceof Shape.ListOf list) {
      List<?> items = (List<?>) value;
      if (items.isEmpty()) {
        pairs.add(path.substring(1) + "=");
      }
      for (int i = 0; i < items.size(); i++) {
        String at = path + (ec2 ? "." : ".member.") + (i + 1);
        form(model, model.shape(list.member().shape()), items.get(i), at, pairs);
      }
    } else if (shape instanceof Shape.MapOf map) {
      int number = 0;
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        String at = path + ".entry." + ++number;
        pairs.add(at.substring(1) + ".key=" + entry.getKey());
        form(model, model.shape(map.value().shape()), entry.getValue(), at + ".value", pairs);
      }
    } else {
      String text =
          value instanceof byte[] bytes
              ? Base64.getEncoder().encodeToString(bytes)
              : String.valueOf(value);
      pairs.add(path.substring(1) + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
    }
  }

  private static String ec2Name(String name, Shape.Member use) {
    return use.queryName()
        .or(() -> use.locationName().map(l -> Character.toUpperCase(l.charAt(0)) + l.substring(1)))
        .orElse(name);
  }
}
