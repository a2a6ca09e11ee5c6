package dev.fargate.operator.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fargate.local.aws.wire.Struct;
import java.util.ArrayList;
import java.util.List;

/** What AWS shows of a thing while it is in a state that the local one does not get it into. */
final class Otherwise {
  private Otherwise() {}

  /**
   * @param members by path, such as {@code LoadBalancers.State.Code}, of every item of a list; null
   *     takes a member away
   */
  static Struct of(Struct answer, JsonNode members) {
    Struct other = answer.deepCopy();
    members.properties().forEach(it -> set(other, it.getKey(), value(it.getValue())));
    return other;
  }

  private static void set(Struct struct, String path, Object value) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      struct.with(path, value);
      return;
    }
    Object next = struct.get(path.substring(0, dot));
    List<?> all = next instanceof List<?> list ? list : next == null ? List.of() : List.of(next);
    all.forEach(each -> set((Struct) each, path.substring(dot + 1), value));
  }

  private static Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    } else if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(each -> list.add(value(each)));
      return list;
    } else if (node.isObject()) {
      Struct struct = Struct.of();
      node.properties().forEach(it -> struct.with(it.getKey(), value(it.getValue())));
      return struct;
    }
    return node.isInt() ? (Object) node.asInt() : node.asText();
  }
}
