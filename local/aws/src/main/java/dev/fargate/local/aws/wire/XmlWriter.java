package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Writes a structure's members as XML elements, as awsQuery and ec2Query do. */
final class XmlWriter {
  private final ServiceModel model;
  private final QueryNames names;

  XmlWriter(ServiceModel model, QueryNames names) {
    this.model = model;
    this.names = names;
  }

  String members(Shape.Structure shape, Struct struct) {
    StringBuilder xml = new StringBuilder();
    struct
        .members()
        .forEach(
            (name, value) -> {
              Shape.Member member = shape.members().get(name);
              named(xml, names.response(name, member), model.shape(member.shape()), value);
            });
    return xml.toString();
  }

  static String element(String name, String text) {
    return "<" + name + ">" + escaped(text) + "</" + name + ">";
  }

  private void named(StringBuilder xml, String name, Shape shape, Object value) {
    if (shape instanceof Shape.ListOf list && list.flattened()) {
      for (Object item : (List<?>) value) {
        named(xml, name, model.shape(list.member().shape()), item);
      }
      return;
    }
    xml.append('<').append(name).append('>');
    if (shape instanceof Shape.Structure structure) {
      xml.append(members(structure, (Struct) value));
    } else if (shape instanceof Shape.ListOf list) {
      for (Object item : (List<?>) value) {
        named(xml, names.responseItem(list), model.shape(list.member().shape()), item);
      }
    } else if (shape instanceof Shape.MapOf map) {
      ((Map<?, ?>) value)
          .forEach(
              (k, v) -> {
                xml.append("<entry>").append(element("key", (String) k));
                named(xml, "value", model.shape(map.value().shape()), v);
                xml.append("</entry>");
              });
    } else {
      xml.append(escaped(scalar(shape, value)));
    }
    xml.append("</").append(name).append('>');
  }

  private static String scalar(Shape shape, Object value) {
    if (shape instanceof Shape.Time) {
      return ((Instant) value).truncatedTo(ChronoUnit.MILLIS).toString();
    }
    if (shape instanceof Shape.Blob) {
      return Base64.getEncoder().encodeToString((byte[]) value);
    }
    return String.valueOf(value);
  }

  private static String escaped(String text) {
    StringBuilder xml = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '"' -> xml.append("&quot;");
        case '\r' -> xml.append("&#xD;");
        default -> {
          if (c < ' ' && c != '\n' && c != '\t') {
            throw new IllegalArgumentException(
                "XML 1.0 cannot carry the control character U+00%02X".formatted((int) c));
          }
          xml.append(c);
        }
      }
    }
    return xml.toString();
  }
}
