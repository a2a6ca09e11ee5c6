package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a query's parameters into a structure, refusing every parameter that the model lacks. */
final class QueryReader {
  private final ServiceModel model;
  private final QueryNames names;

  QueryReader(ServiceModel model, QueryNames names) {
    this.model = model;
    this.names = names;
  }

  /**
   * @param path of the structure with a dot at its end, or empty
   */
  Struct structure(Shape.Structure shape, QueryParameters parameters, String path) {
    Map<String, String> memberByKey = new LinkedHashMap<>();
    shape.members().forEach((name, member) -> memberByKey.put(names.request(name, member), name));
    Struct struct = Struct.of();
    parameters
        .children()
        .forEach(
            (key, child) -> {
              String name = memberByKey.get(key);
              if (name == null) {
                throw new AwsException(
                    names.unknownParameter(), "The parameter " + path + key + " is not recognized");
              }
              Shape member = model.shape(shape.members().get(name).shape());
              struct.with(name, value(member, child, path + key));
            });
    return struct;
  }

  private Object value(Shape shape, QueryParameters node, String path) {
    if (shape instanceof Shape.Structure structure) {
      noValue(node, path);
      return structure(structure, node, path + ".");
    }
    if (shape instanceof Shape.ListOf list) {
      return list(list, node, path);
    }
    if (shape instanceof Shape.MapOf map) {
      return map(map, node, path);
    }
    if (node.value() == null || !node.children().isEmpty()) {
      throw malformed(path + " must be one value");
    }
    return scalar(shape, node.value(), path);
  }

  private List<Object> list(Shape.ListOf shape, QueryParameters node, String path) {
    List<Object> items = new ArrayList<>();
    if (node.children().isEmpty()) {
      // "Key=" is how the protocol writes an empty list.
      noValue(node, path);
      return items;
    }
    String element = names.requestItem(shape);
    QueryParameters numbered = element.isEmpty() ? node : only(node, element, path);
    Shape item = model.shape(shape.member().shape());
    numbers(numbered, path)
        .forEach((number, child) -> items.add(value(item, child, path + "." + number)));
    return items;
  }

  private Map<String, Object> map(Shape.MapOf shape, QueryParameters node, String path) {
    Map<String, Object> entries = new LinkedHashMap<>();
    numbers(only(node, "entry", path), path)
        .forEach(
            (number, child) -> {
              QueryParameters key = child.child("key");
              QueryParameters value = child.child("value");
              if (key == null
                  || key.value() == null
                  || value == null
                  || child.children().size() > 2) {
                throw malformed(path + ".entry." + number + " must have key and value only");
              }
              entries.put(key.value(), value(model.shape(shape.value().shape()), value, path));
            });
    return entries;
  }

  private Map<Integer, QueryParameters> numbers(QueryParameters node, String path) {
    Map<Integer, QueryParameters> numbered = new TreeMap<>();
    node.children()
        .forEach(
            (key, child) -> {
              if (!key.matches("[1-9][0-9]{0,8}")) {
                throw malformed(path + "." + key + " must be a number from 1");
              }
              numbered.put(Integer.valueOf(key), child);
            });
    return numbered;
  }

  private static QueryParameters only(QueryParameters node, String element, String path) {
    if (!node.children().keySet().equals(Set.of(element))) {
      throw malformed(path + " must be written " + path + "." + element + ".N");
    }
    return node.child(element);
  }

  private static void noValue(QueryParameters node, String path) {
    if (node.value() != null && !node.value().isEmpty()) {
      throw malformed(path + " must not have a value of its own");
    }
  }

  private Object scalar(Shape shape, String text, String path) {
    return TextValue.parse(shape, text)
        .orElseThrow(
            () -> malformed("'" + text + "' at " + path + " is not a valid " + shape.name()));
  }

  private static AwsException malformed(String message) {
    return new AwsException("MalformedInput", message);
  }
}
